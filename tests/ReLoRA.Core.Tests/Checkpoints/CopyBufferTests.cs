using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Checkpoints;

[Collection(DefaultGenerator.Collection)]
public sealed class CopyBufferTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_copy_is_what_the_tensors_were_and_takes_their_bytes_once()
    {
        using var checkpoints = new SmallCheckpoints(folder.File("live"), new CheckpointConfig());
        using var buffer = new CopyBuffer();
        var live = checkpoints.Image(10);
        checkpoints.Save(new CheckpointStore(folder.File("live")), 10);
        var tensors = LiveTensors.Count;

        buffer.Copy(live.Tensors);
        var copy = live with { Tensors = buffer.Copy(live.Tensors) };
        Assert.Equal(live.Tensors.Bytes, buffer.Capacity);
        using (no_grad())
            checkpoints.Model.Parameters[0].Value.zero_().Dispose();
        new CheckpointStore(folder.File("copy")).Save(copy);

        Assert.Equal(tensors, LiveTensors.Count);
        foreach (var file in Directory.GetFiles(folder.File("live", "step_10")))
            Assert.Equal(
                File.ReadAllBytes(file),
                File.ReadAllBytes(folder.File("copy", "step_10", Path.GetFileName(file)))
            );
    }
}
