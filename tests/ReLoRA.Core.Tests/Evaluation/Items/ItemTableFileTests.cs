using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation.Items;

public sealed class ItemTableFileTests : IDisposable
{
    private static readonly ItemTable Table = new([
        new("name", new[] { "plain", "a, \"quoted\"\nname", "" }),
        new("id", new[] { "007", "x", "1" }),
        new("score", new[] { -1.0 / 3, -12, double.NaN }),
        new("count", new long[] { 1, -2, long.MaxValue }),
        new("right", new[] { true, false, true }),
    ]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("arrow")]
    public void A_table_is_read_as_it_was_written(string kind)
    {
        var path = folder.File("some", $"items.{kind}");
        ItemTableFile.Write(path, Table);

        var found = ItemTableFile.Read(path);

        Assert.Equal(Table.Columns.Select(column => column.Name), found.Columns.Select(column => column.Name));
        foreach (var (expected, column) in Table.Columns.Zip(found.Columns))
            Assert.Equal(expected.Values, column.Values);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("arrow")]
    public void A_table_without_rows_keeps_its_columns(string kind)
    {
        ItemTableFile.Write(folder.File($"items.{kind}"), new ItemTable([new("score", Array.Empty<double>())]));

        var found = ItemTableFile.Read(folder.File($"items.{kind}"));

        Assert.Equal(0, found.Rows);
        Assert.Equal("score", Assert.Single(found.Columns).Name);
    }

    [Fact]
    public void Numbers_and_names_are_had_by_the_columns_name()
    {
        Assert.Equal([1, 0, 1], Table.Numbers("right"));
        Assert.Equal(["1", "-2", "9223372036854775807"], Table.Texts("count"));
        Assert.Null(Table.Numbers("name"));
        Assert.Null(Table.Texts("absent"));
    }

    [Fact]
    public void Other_kinds_and_damage_are_told()
    {
        Assert.Contains("items.txt: items are written as .csv or .arrow", Fault("items.txt"), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Fault("absent.csv"), StringComparison.Ordinal);
        File.WriteAllText(folder.File("a.csv"), "a,b\n1,2\n3\n");
        Assert.Contains("row 2 has 1 values; expected 2", Fault("a.csv"), StringComparison.Ordinal);
        File.WriteAllText(folder.File("a.csv"), "a,b\n1,\"2");
        Assert.Contains("cut short", Fault("a.csv"), StringComparison.Ordinal);
        File.WriteAllText(folder.File("a.arrow"), "no Arrow");
        Assert.Contains("a.arrow cannot be read", Fault("a.arrow"), StringComparison.Ordinal);

        string Fault(string name) =>
            Assert.Throws<UserFaultException>(() => ItemTableFile.Read(folder.File(name))).Message;
    }
}
