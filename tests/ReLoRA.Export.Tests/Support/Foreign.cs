using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export.Tests.Support;

/// <summary>Programs in other languages that read an export and print what they see.</summary>
internal static class Foreign
{
    /// <summary>What stands for a missing value, between values and between rows in what they print.</summary>
    public const string Null = "\u001a";

    /// <summary>What stands behind a table.</summary>
    public const char TableEnd = '\u001d';

    private const char Field = '\u001f';
    private const char Row = '\u001e';

    public static (int Code, string Output, string Errors) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            Environment = { ["LC_ALL"] = "C.UTF-8", ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not here");
            throw;
        }
    }

    /// <summary>Ends a test whose packages could not be fetched: skipped, but a failure in CI, where nobody would see it.</summary>
    /// <param name="why">What was tried, and what it said.</param>
    /// <param name="ci">The variable CI of the environment.</param>
    public static void Missing(string why, string? ci)
    {
        Assert.False(ci == "true", why);
        Assert.Skip(why);
    }

    /// <summary>What was printed, as a table.</summary>
    public static List<object?[]> Table(string printed, IReadOnlyList<Column> columns)
    {
        var rows = printed.Split(Row)[..^1].Select(row => row.Split(Field)).ToList();
        Assert.Equal(columns.Select(column => column.Name), rows[0]);
        return [.. rows.Skip(1).Select(row => row.Select((text, at) => Value(text, columns[at].Type)).ToArray())];
    }

    /// <summary>The code of a language in a page of docs.</summary>
    public static string Documented(string language)
    {
        var page = File.ReadAllText(ReLoRA.Testing.Repository.PathOf("docs", "export.md"));
        return page.Split($"```{language}\n", 2)[1].Split("```", 2)[0];
    }

    private static object? Value(string text, ColumnType type) =>
        text == Null
            ? null
            : type switch
            {
                ColumnType.Integer => long.Parse(text, CultureInfo.InvariantCulture),
                ColumnType.Number => Number(text),
                ColumnType.Flag => bool.Parse(text),
                _ => text,
            };

    private static double Number(string text) =>
        text.TrimStart('-').ToUpperInvariant() is "INF" or "INFINITY"
            ? text[0] == '-'
                ? double.NegativeInfinity
                : double.PositiveInfinity
            : double.Parse(text, CultureInfo.InvariantCulture);
}
