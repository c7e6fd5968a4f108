using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
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

    [Fact]
    public void Python_takes_no_key_of_a_later_version_for_one_of_ours()
    {
        ForeignReader.SkipWithoutPython();
        WriteLater();
        ForeignReader.RunPython(ForeignReader.Script("rows.py"), folder.Path, Csv);
        AssertSameBesideLaterKeys();
    }

    [Fact]
    public void R_takes_no_key_of_a_later_version_for_one_of_ours()
    {
        ForeignReader.SkipWithoutR();
        WriteLater();
        ForeignReader.RunR(ForeignReader.Script("rows.R"), ForeignReader.RSource, folder.Path, Csv);
        AssertSameBesideLaterKeys();
    }

    private string Csv => folder.File("rows.csv");

    private static string PathOf(string runs) => Repository.PathOf("tests", "Fixtures", "logs", "format-1", runs);

    private void WriteLater()
    {
        var later = new RunsFolder(folder.Path);
        foreach (var cell in new RunsFolder(PathOf("every-kind")).Cells())
        {
            var path = later.Cell(cell.Id).LogPath;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, LaterKeys.Of(RunLogReader.Read(cell.LogPath)));
        }
    }

    private void AssertSameBesideLaterKeys()
    {
        var found = CanonicalCsv
            .Read(Csv)
            .ToLookup(row => row.Column.Contains(LaterKeys.Suffix, StringComparison.Ordinal));
        Assert.NotEmpty(found[true]);
        AssertSame(CanonicalRows.Of(PathOf("every-kind")), [.. found[false]]);
    }

    private void AssertSame(string runs) => AssertSame(CanonicalRows.Of(PathOf(runs)), CanonicalCsv.Read(Csv));

    private static void AssertSame(IReadOnlyList<CanonicalRow> expected, IReadOnlyList<CanonicalRow> found)
    {
        Assert.True(expected.Count > 100, $"{expected.Count} values");
        Assert.Empty(expected.Except(found).Take(5));
        Assert.Empty(found.Except(expected).Take(5));
        Assert.Equal(expected.Count, found.Count);
    }
}
