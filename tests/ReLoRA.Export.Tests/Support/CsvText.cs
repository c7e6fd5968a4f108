using System.Text;

namespace ReLoRA.Export.Tests.Support;

/// <summary>A parser of RFC 4180 that takes nothing else: a quote inside an unquoted field is a fault.</summary>
internal static class CsvText
{
    public static List<List<CsvField>> Parse(string text)
    {
        var rows = new List<List<CsvField>>();
        var row = new List<CsvField>();
        var at = 0;
        while (at < text.Length)
        {
            row.Add(text[at] == '"' ? Quoted(text, ref at) : Bare(text, ref at));
            var ending = at < text.Length ? text[at] : throw new FormatException("the last line has no end");
            at++;
            if (ending == ',')
                continue;
            Assert.Equal('\n', ending);
            rows.Add(row);
            row = [];
        }
        Assert.Empty(row);
        return rows;
    }

    private static CsvField Bare(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny(",\n\"") + at;
        var field = text[at..end];
        at = end;
        return new CsvField(field, IsQuoted: false);
    }

    private static CsvField Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (at++; ; at++)
        {
            if (text[at] != '"')
            {
                field.Append(text[at]);
                continue;
            }
            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
                continue;
            }
            at++;
            return new CsvField(field.ToString(), IsQuoted: true);
        }
    }
}
