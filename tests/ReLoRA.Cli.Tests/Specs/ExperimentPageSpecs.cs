using System.Formats.Tar;
using System.IO.Compression;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>docs/experiments/resets.md and the logs that lie beside it.</summary>
[Trait("Category", "Slow")]
public sealed class ExperimentPageSpecs : IDisposable
{
    private static readonly string Experiment = Repository.PathOf("docs", "experiments", "resets");

    private readonly TemporaryFolder runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void Its_tables_are_what_its_logs_say()
    {
        foreach (var archive in Directory.GetFiles(Path.Combine(Experiment, "logs"), "*.tar.gz"))
        {
            using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            TarFile.ExtractToDirectory(packed, runs.Path, overwriteFiles: false);
        }
        var page = File.ReadAllText(Repository.PathOf("docs", "experiments", "resets.md"));

        var tables = Tables(DotNet.Run("fsi", Path.Combine(Experiment, "verdict.fsx"), runs.Path)).ToList();

        Assert.True(tables.Count > 3, "the script prints too few tables");
        Assert.All(tables, table => Assert.Contains(table, page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Tables(string text) =>
        text.Split("\n\n").Where(part => part.StartsWith('|')).Select(part => part.Trim());
}
