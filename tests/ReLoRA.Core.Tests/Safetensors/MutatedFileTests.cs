using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Safetensors;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Safetensors;

[Collection(Alone.Collection)]
public sealed class MutatedFileTests : IDisposable
{
    /// <summary>A file of a kilobyte may cost its parsed header, some objects each entry; 1 MiB is far beyond and far below what a believed size would take.</summary>
    private const long MostAllocated = 1 << 20;

    /// <summary>
    /// What the process may grow by over all files: the heap's and the allocator's own slack, which a few thousand files fill. A single
    /// page kept of each of 100,000 would be 400 MB.
    /// </summary>
    private const long MostGrown = 100L << 20;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_thousand_mutated_files_give_typed_faults_or_tensors() => Mutate(2_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutated_files_give_typed_faults_or_tensors() => Mutate(100_000);

    private void Mutate(int count)
    {
        var path = folder.File("file.safetensors");
        var whole = Whole(path);
        var random = new Random(20_241);
        var refused = 0;
        var resident = Environment.WorkingSet;
        for (var i = 0; i < count; i++)
        {
            File.WriteAllBytes(path, Mutation.Of(whole, random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var live = LiveTensors.Count;
            try
            {
                using var scope = NewDisposeScope();
                using var reader = SafetensorsReader.Open(path);
                // What passed the rules fits into the file, so this cannot take more memory than that.
                foreach (
                    var stored in reader.Tensors.Where(stored => StoredTypes.TensorTypeOf(stored.Type) is not null)
                )
                    reader.Read(stored);
            }
            catch (SafetensorsException)
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
            Assert.Equal(live, LiveTensors.Count);
        }
        Assert.InRange(Environment.WorkingSet - resident, long.MinValue, MostGrown);
        // A map that was not given back would still be listed.
        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain(path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{count} files: grown by {(Environment.WorkingSet - resident) / 1024} KiB")
        );
        // A mutation that lands in the data is no fault; most land in the header.
        Assert.InRange(refused, count / 2, count);
    }

    private static byte[] Whole(string path)
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(
            path,
            [
                ("a", ones(3, 2)),
                ("b", ones(2, dtype: float64)),
                ("c", ones(4).to(bfloat16)),
                ("d", tensor(7, dtype: int64)),
            ]
        );
        return File.ReadAllBytes(path);
    }
}
