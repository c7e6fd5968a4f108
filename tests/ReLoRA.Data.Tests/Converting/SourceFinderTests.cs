using ReLoRA.Data.Converting;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Converting;

public sealed class SourceFinderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_stands_for_its_files_in_the_order_of_their_names()
    {
        Touch("b.parquet", "a.parquet", "README.md", ".hidden.parquet");
        Assert.Equal(["a.parquet", "b.parquet"], Names(folder.Path));
    }

    [Fact]
    public void What_the_datasets_library_leaves_of_its_own_steps_is_no_data()
    {
        Touch("data-00000-of-00001.arrow", "cache-0123456789abcdef.arrow", "tmpabc.arrow", "state.json");
        Assert.Equal(["data-00000-of-00001.arrow"], Names(folder.Path));
    }

    [Theory]
    [InlineData("*.parquet", new[] { "a.parquet", "c.parquet" })]
    [InlineData("?.parquet", new[] { "a.parquet", "c.parquet" })]
    [InlineData("**/*.parquet", new[] { "a.parquet", "c.parquet", "part/b.parquet", "part/deep/d.parquet" })]
    [InlineData("p*/*.parquet", new[] { "part/b.parquet" })]
    [InlineData("part/**/d*", new[] { "deep/d.parquet" })]
    public void A_pattern_stands_for_what_fits_it(string pattern, string[] expected)
    {
        Touch("c.parquet", "a.parquet", "note.txt", "part/b.parquet", "part/deep/d.parquet");
        Assert.Equal(expected, Names(folder.File(pattern)));
    }

    [Fact]
    public void Two_splits_in_one_folder_are_not_mixed()
    {
        Touch("train-00000-of-00001.parquet", "validation-00000-of-00001.parquet");
        RequireFault(DataFault.InvalidValue, "train-*", "validation-*");
    }

    [Fact]
    public void Splits_in_subfolders_are_not_mixed()
    {
        Touch("test/data-00000-of-00001.arrow", "train/data-00000-of-00001.arrow");
        RequireFault(DataFault.Missing, "Give one of its folders: test, train");
    }

    [Fact]
    public void Two_kinds_in_one_folder_are_not_mixed()
    {
        Touch("a.arrow", "a.parquet");
        RequireFault(DataFault.InvalidValue, "*.arrow", "*.parquet");
    }

    [Fact]
    public void A_file_that_a_series_lacks_is_named()
    {
        Touch("train-00000-of-00003.parquet", "train-00002-of-00003.parquet");
        RequireFault(DataFault.Missing, "train-00001-of-00003.parquet is missing");
        Assert.Equal(2, Names(folder.File("*")).Count());
    }

    [Fact]
    public void Nothing_found_is_a_fault_with_the_place()
    {
        RequireFault(DataFault.Missing, folder.Path);
        Assert.Throws<DataException>(() => Names(folder.File("*.parquet")));
        Assert.Throws<DataException>(() => Names(folder.File("absent")));
        Touch("a.parquet");
        Assert.Throws<DataException>(() => SourceFinder.Find([folder.File("a.parquet"), folder.File("a.parquet")]));
    }

    private static IEnumerable<string> Names(string path) => SourceFinder.Find([path]).Select(file => file.Name);

    private void RequireFault(DataFault expected, params string[] named)
    {
        var fault = Assert.Throws<DataException>(() => Names(folder.Path));
        Assert.Equal(expected, fault.Fault);
        foreach (var name in named)
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    private void Touch(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllText(folder.File(name), "");
        }
    }
}
