using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>The same numbers out of every reader, compared value by value: a sweep that was trained, and the fixtures.</summary>
[Trait("Category", "Slow")]
public sealed class SameNumbersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Folders => ["trained", "every-kind", "runs"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Folders))]
    public void Python_has_them(string runs)
    {
        ForeignReader.SkipWithoutPython();
        ForeignReader.RunPython(ForeignReader.Script("rows.py"), PathOf(runs), Csv);
        AssertSame(runs);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void R_has_them(string runs)
    {
        ForeignReader.SkipWithoutR();
        ForeignReader.RunR(ForeignReader.Script("rows.R"), ForeignReader.RSource, PathOf(runs), Csv);
        AssertSame(runs);
    }

    private string Csv => folder.File("rows.csv");

    private static string PathOf(string runs) => Repository.PathOf("tests", "Fixtures", "logs", "format-1", runs);

    private void AssertSame(string runs)
    {
        var expected = CanonicalRows.Of(PathOf(runs));
        var found = CanonicalCsv.Read(Csv);
        Assert.True(expected.Count > 100, $"{expected.Count} values");
        Assert.Empty(expected.Except(found).Take(5));
        Assert.Empty(found.Except(expected).Take(5));
        Assert.Equal(expected.Count, found.Count);
    }
}
