using System.Text.RegularExpressions;
using ReLoRA.Results.Tables;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Tables;

/// <summary>The columns against docs/log-format.md, both ways.</summary>
public sealed partial class LogTablesTests
{
    private static readonly string Format = File.ReadAllText(Repository.PathOf("docs", "log-format.md"));

    public static TheoryData<string> Kinds => [.. Sections().Keys.Where(kind => kind != LogTables.LeftOut)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_key_of_the_format_has_a_column_or_a_table(string kind)
    {
        var tables = LogTables.OfKind(kind);
        var told = tables
            .SelectMany(table => table.Columns.Select(column => column.Source))
            .Select(source => source.Split('[')[0].Split('.')[0])
            .ToHashSet();

        Assert.All(Keys(Sections()[kind]).Where(key => key != "measured"), key => Assert.Contains(key, told));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_column_of_a_key_is_named_in_the_format(string kind)
    {
        var section = Sections()[kind];

        foreach (
            var column in LogTables
                .OfKind(kind)
                .SelectMany(table => table.Columns)
                .Where(column => column.Key.Length > 0)
        )
        {
            // The end's seconds and joules by activity are named once for all.
            var isNamed =
                section.Contains($"`{column.Key}`") || column.Key.EndsWith("_joules", StringComparison.Ordinal);
            Assert.True(isNamed, $"{kind}.{column.Source} is not in docs/log-format.md");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Columns_have_the_types_of_the_format(string kind)
    {
        var types = Types(Sections()[kind]);

        foreach (var column in LogTables.OfKind(kind).SelectMany(table => table.Columns))
        {
            if (column.Level == ColumnLevel.Record)
                Assert.Equal((column.Key, types[column.Key]), (column.Key, column.Type));
        }
    }

    [Fact]
    public void Names_of_tables_and_of_a_tables_columns_are_unique_even_where_case_does_not_count()
    {
        Assert.Distinct(LogTables.All.Select(table => table.Name), StringComparer.OrdinalIgnoreCase);
        Assert.All(
            LogTables.All,
            table => Assert.Distinct(table.Columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public void Every_column_says_what_it_means() =>
        Assert.All(LogTables.All.SelectMany(table => table.Columns), column => Assert.NotEmpty(column.Meaning));

    private static Dictionary<string, string> Sections() =>
        Heading().Split(Format).Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].Split("\n## ")[0]);

    private static IEnumerable<string> Keys(string section) => Rows(section).SelectMany(row => row.Keys);

    private static Dictionary<string, ColumnType> Types(string section) =>
        Rows(section)
            .SelectMany(row => row.Keys.Select(key => (key, row.Type)))
            .ToDictionary(
                pair => pair.key,
                pair =>
                    pair.Type switch
                    {
                        "integer" => ColumnType.Integer,
                        "number" => ColumnType.Number,
                        "boolean" => ColumnType.Flag,
                        _ => ColumnType.Text,
                    }
            );

    private static IEnumerable<(string[] Keys, string Type)> Rows(string section) =>
        section
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split(" | "))
            .Select(cells =>
                (Code().Matches(cells[0]).Select(key => key.Groups[1].Value).ToArray(), cells[1].Split(',')[0].Trim())
            );

    [GeneratedRegex("^### `([a-z]+)`.*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
