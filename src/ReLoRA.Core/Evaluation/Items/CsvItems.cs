using System.Globalization;
using System.Text;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>
/// Tables of items as CSV (RFC 4180, with a header). Numbers are written so that they are read back to the last bit; fractional columns always show
/// a point or an exponent, by which they are told from whole numbers.
/// </summary>
internal static class CsvItems
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly char[] Quoted = [',', '"', '\n', '\r'];

    public static void Write(Stream file, ItemTable table)
    {
        using var text = new StreamWriter(file, Utf8, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join(',', table.Columns.Select(column => Quote(column.Name))));
        for (var row = 0; row < table.Rows; row++)
            text.WriteLine(string.Join(',', table.Columns.Select(column => Quote(Text(column.Values.GetValue(row)!)))));
    }

    /// <exception cref="InvalidDataException">It is no such table.</exception>
    public static ItemTable Read(Stream file)
    {
        using var text = new StreamReader(file, Utf8);
        var rows = Rows(text).ToList();
        if (rows.Count == 0)
            throw new InvalidDataException("it is empty; expected a line of column names.");
        var uneven = rows.FindIndex(row => row.Count != rows[0].Count);
        if (uneven >= 0)
            throw new InvalidDataException(
                $"row {uneven} has {rows[uneven].Count} values; expected {rows[0].Count}, one a column."
            );
        return new ItemTable([
            .. rows[0]
                .Select((name, column) => new ItemColumn(name, Typed([.. rows.Skip(1).Select(row => row[column])]))),
        ]);
    }

    private static string Text(object value) =>
        value switch
        {
            double number => Text(number),
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => (string)value,
        };

    private static string Text(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(number) && text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    private static string Quote(string text) =>
        text.IndexOfAny(Quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Array Typed(string[] texts)
    {
        if (texts.Length > 0 && texts.All(text => text is "true" or "false"))
            return texts.Select(text => text == "true").ToArray();
        if (texts.Length > 0 && texts.All(IsWhole))
            return texts.Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        if (texts.Length > 0 && texts.All(IsNumber))
            return texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return texts;
    }

    // Only as they are written: 007 is a name.
    private static bool IsWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value.ToString(CultureInfo.InvariantCulture) == text;

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && (text.AsSpan().IndexOfAny('.', 'E', 'e') >= 0 || !double.IsFinite(value) || IsWhole(text));

    private static IEnumerable<List<string>> Rows(TextReader text)
    {
        var (row, cell, isQuoted, any) = (new List<string>(), new StringBuilder(), false, false);
        for (int next; (next = text.Read()) >= 0; )
        {
            var letter = (char)next;
            any = true;
            if (isQuoted)
            {
                if (letter != '"')
                    cell.Append(letter);
                else if (text.Peek() == '"')
                    cell.Append((char)text.Read());
                else
                    isQuoted = false;
            }
            else if (letter == '"')
                isQuoted = true;
            else if (letter is ',' or '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (letter == ',')
                    continue;
                yield return row;
                (row, any) = ([], false);
            }
            else if (letter != '\r')
                cell.Append(letter);
        }
        if (isQuoted)
            throw new InvalidDataException("it ends within quotation marks: it was cut short.");
        if (any)
            yield return [.. row, cell.ToString()];
    }
}
