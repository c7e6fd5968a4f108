using ReLoRA.Data.Building;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Building;

public sealed class ResumedBuildTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string input;

    public ResumedBuildTests()
    {
        input = folder.File("in");
        Directory.CreateDirectory(input);
        for (var number = 0; number < 3; number++)
            BuildText.Lines(folder, $"in/{number}.jsonl", count: 300);
        File.WriteAllText(folder.File("in", "3.txt"), string.Join('\n', DrawnTexts.Of(300)));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_number_of_threads_does_not_alter_a_byte(int threads)
    {
        DatasetBuilder.Build(Options("one") with { Threads = 1 });
        DatasetBuilder.Build(Options("other") with { Threads = threads });
        RequireSameBytes("one", "other");
    }

    [Fact]
    public void A_build_stopped_after_any_block_goes_on_to_the_same_bytes()
    {
        var whole = DatasetBuilder.Build(Options("whole"));
        Assert.True(whole.Shards.Count > 20);
        for (var stops = 1; stops <= 5; stops++)
        {
            var output = $"stopped{stops}";
            Stop(output, after: stops);
            Assert.False(File.Exists(folder.File(output, DatasetManifest.FileName)));
            long? first = null;
            DatasetBuilder.Build(Options(output), state => first ??= state.Tokens);
            if (stops > 2)
                Assert.True(first > 0, "it began anew");
            RequireSameBytes("whole", output);
        }
    }

    [Fact]
    public void A_torn_journal_a_lost_shard_and_half_a_shard_are_made_good()
    {
        DatasetBuilder.Build(Options("whole"));
        foreach (var harm in new Action<string>[] { TearJournal, LoseShard, CutShard, LeaveHalfAShard })
        {
            var output = harm.Method.Name;
            Stop(output, after: 3);
            harm(folder.File(output));
            DatasetBuilder.Build(Options(output));
            RequireSameBytes("whole", output);
        }
    }

    [Fact]
    public void A_build_begun_otherwise_is_not_mixed_with_another()
    {
        Stop("out", after: 3);
        var other = Options("out") with { SequenceLength = 9 };
        var fault = Assert.Throws<DataException>(() => DatasetBuilder.Build(other));
        Assert.Equal(DataFault.Exists, fault.Fault);
        Assert.Contains("--sequence was 7 and is 9", fault.Message, StringComparison.Ordinal);
        File.AppendAllText(folder.File("in", "2.jsonl"), "{\"text\":\"more\"}\n");
        fault = Assert.Throws<DataException>(() => DatasetBuilder.Build(Options("out")));
        Assert.Contains("2.jsonl was changed", fault.Message, StringComparison.Ordinal);
        DatasetBuilder.Build(Options("out") with { Force = true });
        DatasetBuilder.Build(Options("whole"));
        RequireSameBytes("whole", "out");
    }

    [Fact]
    public void Two_builds_do_not_write_to_one_folder()
    {
        DataException? fault = null;
        DatasetBuilder.Build(
            Options("out"),
            _ => fault ??= Assert.Throws<DataException>(() => DatasetBuilder.Build(Options("out")))
        );
        Assert.Equal(DataFault.Exists, fault!.Fault);
        Assert.Contains("another build", fault.Message, StringComparison.Ordinal);
    }

    private static void TearJournal(string output)
    {
        using var file = File.OpenWrite(Path.Combine(output, BuildJournal.FileName));
        file.SetLength(file.Length - 5);
    }

    private static void LoseShard(string output) => File.Delete(Path.Combine(output, BuildFolder.ShardName(3)));

    private static void CutShard(string output)
    {
        using var file = File.OpenWrite(Path.Combine(output, BuildFolder.ShardName(2)));
        file.SetLength(file.Length / 2);
    }

    private static void LeaveHalfAShard(string output) =>
        File.WriteAllText(Path.Combine(output, BuildFolder.ShardName(9) + DataFiles.PartialSuffix), "ARROW1");

    private void Stop(string output, int after)
    {
        using var stop = new CancellationTokenSource();
        var told = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DatasetBuilder.Build(Options(output), _ => CancelAfter(), stop.Token)
        );

        void CancelAfter()
        {
            if (++told >= after)
                stop.Cancel();
        }
    }

    private BuildOptions Options(string output) => BuildText.Options(folder, input, output);

    private void RequireSameBytes(string expected, string found)
    {
        Assert.Equal(Contents(expected), Contents(found));

        IEnumerable<(string, string)> Contents(string name) =>
            Directory
                .GetFiles(folder.File(name))
                .Order(StringComparer.Ordinal)
                .Select(file => (Path.GetFileName(file), DataFiles.Sha256(file)));
    }
}
