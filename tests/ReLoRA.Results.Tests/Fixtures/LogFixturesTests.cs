using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Results.Tests.Readers;
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
        Assert.Empty(log.Damages);
        Assert.True(log.IsFinished);
        Assert.Equal("9223372036854775807", log.Run?.Seed);
        Assert.Equal(70, log.Records<StepRecord>().Count());
        Assert.Equal(["kept", "changed"], log.Records<ResetRecord>().Select(reset => reset.Verdict));
        Assert.Equal(["fiction", "news"], log.Records<EvalRecord>().Last().Domains.Select(domain => domain.Name));
        Assert.Equal(3.25, log.Records<EndRecord>().Single().Loss);
    }

    [Fact]
    public void Every_kind_has_a_committed_record_with_all_of_its_keys_and_one_with_none_that_may_be_missing()
    {
        var every = new RunsFolder(Path.Combine(Committed, "every-kind"));
        var (old, full) = (Keys(every, LogFixtures.OldForms), Keys(every, LogFixtures.FullForms));
        // The keys as docs/log-format.md lists them; a test holds the readers in other languages to the same list.
        foreach (var (kind, keys) in ReaderSchema.Of())
        {
            Assert.Equal(keys.Keys.Order(), full[kind].Order());
            Assert.Equal(keys.Where(key => !key.Value.EndsWith('?')).Select(key => key.Key).Order(), old[kind].Order());
        }
    }

    /// <summary>The keys of the records of each kind, and of the maps inside them; all of one cell's.</summary>
    private static Dictionary<string, HashSet<string>> Keys(RunsFolder runs, string cell)
    {
        var keys = new Dictionary<string, HashSet<string>>();
        var log = RunLogReader.Read(runs.Cell(cell).LogPath);
        Assert.Empty(log.Damages);
        foreach (var entry in log.Entries)
        {
            Add(entry.Kind, entry.Map);
            foreach (
                var (kind, key) in ReaderSchema
                    .Inner.Where(inner => inner.Key.Kind == entry.Kind)
                    .Select(inner => (inner.Value, inner.Key.Key))
            )
            foreach (var item in (IReadOnlyList<object?>)entry.Map[key]!)
                Add(kind, (IReadOnlyDictionary<string, object?>)item!);
        }
        return keys;

        void Add(string kind, IReadOnlyDictionary<string, object?> map) =>
            (keys.TryGetValue(kind, out var known) ? known : keys[kind] = []).UnionWith(
                map.Keys.Where(key => key is not ("kind" or "measured"))
            );
    }

    [Theory]
    [InlineData("torn.msgpack", LogDamageKind.TornTail, 78)]
    [InlineData("zeros.msgpack", LogDamageKind.NotAMap, 80)]
    [InlineData("flipped.msgpack", LogDamageKind.ChecksumMismatch, 16)]
    public void The_committed_damage_is_told(string file, LogDamageKind kind, int entries)
    {
        var log = RunLogReader.Read(Path.Combine(Committed, "damaged", file));
        Assert.Equal(kind, Assert.Single(log.Damages).Kind);
        Assert.Equal(entries, log.Entries.Count);
    }

    [Fact]
    public void A_log_with_a_later_versions_records_loads()
    {
        var log = RunLogReader.Read(Path.Combine(Committed, "later.msgpack"));
        Assert.Empty(log.Damages);
        Assert.Equal(["run", "spectrum", "step"], log.Entries.Select(entry => entry.Kind));
    }
}
