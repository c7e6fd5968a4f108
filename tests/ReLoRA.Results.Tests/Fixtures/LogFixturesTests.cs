using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Fixtures;

public sealed class LogFixturesTests
{
    private const string WriteVariable = "RELORA_WRITE_FIXTURES";

    private static string Committed => Repository.PathOf("tests", "Fixtures", "logs", "format-1");

    [Fact]
    public void This_version_writes_the_committed_fixtures()
    {
        using var scratch = new TemporaryFolder();
        var files = LogFixtures.Write(scratch.Path);
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            foreach (var (name, bytes) in files)
                AtomicFile.Write(Path.Combine(Committed, name), bytes);
        }
        foreach (var (name, bytes) in files)
            Assert.True(
                File.ReadAllBytes(Path.Combine(Committed, name)).AsSpan().SequenceEqual(bytes),
                $"{name} is written otherwise than before. If that is meant: a new folder beside format-1, {WriteVariable}=1, and docs/log-format.md."
            );
    }

    [Fact]
    public void The_committed_runs_load()
    {
        var log = RunLogReader.Read(new RunsFolder(Path.Combine(Committed, "runs")).Cell(LogFixtures.LowRank).LogPath);
        Assert.Null(log.Damage);
        Assert.True(log.IsFinished);
        Assert.Equal("9223372036854775807", log.Run?.Seed);
        Assert.Equal(70, log.Records<StepRecord>().Count());
        Assert.Equal(["kept", "changed"], log.Records<ResetRecord>().Select(reset => reset.Verdict));
        Assert.Equal(["fiction", "news"], log.Records<EvalRecord>().Last().Domains.Select(domain => domain.Name));
        Assert.Equal(3.25, log.Records<EndRecord>().Single().Loss);
    }

    [Theory]
    [InlineData("torn.msgpack", LogDamageKind.TornTail, 78)]
    [InlineData("zeros.msgpack", LogDamageKind.NotAMap, 80)]
    [InlineData("flipped.msgpack", LogDamageKind.ChecksumMismatch, 0)]
    public void The_committed_damage_is_told(string file, LogDamageKind kind, int entries)
    {
        var log = RunLogReader.Read(Path.Combine(Committed, "damaged", file));
        Assert.Equal(kind, log.Damage?.Kind);
        Assert.Equal(entries, log.Entries.Count);
    }

    [Fact]
    public void A_log_with_a_later_versions_records_loads()
    {
        var log = RunLogReader.Read(Path.Combine(Committed, "later.msgpack"));
        Assert.Null(log.Damage);
        Assert.Equal(["run", "spectrum", "step"], log.Entries.Select(entry => entry.Kind));
    }
}
