using ReLoRA.Core.Pickle;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Pickle;

[Collection(Alone.Collection)]
public sealed class MutatedTorchFileTests : IDisposable
{
    /// <summary>A file of two kilobytes costs its directory, its pickle and the runtime's buffers of 64 KiB; far below what a believed size would take.</summary>
    private const long MostAllocated = 1 << 20;

    /// <summary>What the process may grow by over all files: the heap's and the allocator's own slack.</summary>
    private const long MostGrown = 100L << 20;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Five_hundred_mutated_files_give_typed_faults_or_tensors() => Mutate(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutated_files_give_typed_faults_or_tensors() => Mutate(100_000);

    private void Mutate(int count)
    {
        string[] sources = ["views.pt", "parameters.pt", "types.pt"];
        var path = folder.File("file.pt");
        var random = new Random(20_261);
        var (refused, faults) = (0, new SortedSet<PickleFault>());
        var grown = Environment.WorkingSet;
        for (var i = 0; i < count; i++)
        {
            var source = TorchFixture.PathOf(sources[random.Next(sources.Length)]);
            // The pickle in a sound archive, so that no checksum hides it, or the archive itself.
            if (random.Next(3) > 0)
                TorchZip.WriteEntries(path, TorchZip.Entries(source).Select(entry => MutatedPickle(entry, random)));
            else
                File.WriteAllBytes(path, PickleMutation.Of(File.ReadAllBytes(source), random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var live = LiveTensors.Count;
            try
            {
                using var scope = NewDisposeScope();
                using var file = TorchFile.Open(path);
                foreach (var name in file.Names)
                    Assert.Equal(file.Shape(name), file.Load(name).shape);
            }
            catch (PickleException e)
            {
                refused++;
                faults.Add(e.Fault);
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
            Assert.Equal(live, LiveTensors.Count);
        }
        grown = Environment.WorkingSet - grown;
        Assert.InRange(grown, long.MinValue, MostGrown);
        Assert.InRange(refused, count / 2, count);
        Assert.False(File.Exists("executed"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant(
                $"{count} files, {refused} refused ({string.Join(", ", faults)}); grown by {grown / 1024} KiB"
            )
        );
    }

    private static (string, byte[]) MutatedPickle((string Name, byte[] Content) entry, Random random) =>
        entry.Name.EndsWith("data.pkl", StringComparison.Ordinal)
            ? (entry.Name, PickleMutation.Of(entry.Content, random))
            : entry;
}
