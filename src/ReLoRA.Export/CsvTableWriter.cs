using System.Buffers;
using System.Globalization;
using System.Text;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>
/// Comma-separated values: numbers in the invariant culture and so many digits that they read back as they were, what is missing as
/// nothing, an empty text as two quotes, NaN and infinities as the names that pandas and R know.
/// </summary>
internal sealed class CsvTableWriter : ITableWriter
{
    private static readonly SearchValues<char> ToQuote = SearchValues.Create(",\"\r\n");

    private readonly StreamWriter file;

    public CsvTableWriter(string path, IReadOnlyList<Column> columns)
    {
        file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        file.NewLine = "\n";
        WriteLine(columns.Count, at => columns[at].Name);
    }

    public void Write(TableBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var place = row;
            WriteLine(batch.Columns.Count, at => batch.Of(at)[place]);
        }
    }

    public void Complete() => file.Flush();

    public void Dispose() => file.Dispose();

    private void WriteLine(int columns, Func<int, object?> value)
    {
        for (var at = 0; at < columns; at++)
        {
            if (at > 0)
                file.Write(',');
            file.Write(Text(value(at)));
        }
        file.WriteLine();
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            double number => Number(number),
            long number => number.ToString(CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            string { Length: 0 } => "\"\"",
            string text when text.AsSpan().IndexOfAny(ToQuote) >= 0 || text[0] == ' ' || text[^1] == ' ' =>
                $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            string text => text,
            _ => throw new ArgumentException($"no column holds {value.GetType()}", nameof(value)),
        };

    private static string Number(double number) =>
        double.IsNaN(number) ? "NaN"
        : double.IsPositiveInfinity(number) ? "inf"
        : double.IsNegativeInfinity(number) ? "-inf"
        : number.ToString("R", CultureInfo.InvariantCulture);
}
