using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Safetensors;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>AdamW's moments as a checkpoint of this lab stores them, each read when it is first asked for.</summary>
internal sealed class StoredMoments(string folder) : IDisposable
{
    private readonly Dictionary<string, Moments?> known = new(StringComparer.Ordinal);
    private SafetensorsReader? reader;

    /// <summary>The moments of a weight, by the weight's name; null where it does not train.</summary>
    /// <exception cref="UserFaultException">The checkpoint has no state of an optimizer.</exception>
    public Moments? Of(string name)
    {
        if (!known.TryGetValue(name, out var found))
            known.Add(name, found = Read(name));
        return found;
    }

    public void Dispose()
    {
        foreach (var moments in known.Values.OfType<Moments>())
        {
            moments.First.Dispose();
            moments.Second.Dispose();
            moments.Step.Dispose();
        }
        reader?.Dispose();
    }

    private Moments? Read(string name)
    {
        reader ??= Open();
        StoredTensor?[] parts = [.. OptimizerState.MomentNames(name).Select(part => reader.Find(part))];
        return parts is [{ } first, { } second, { } step]
            ? new Moments(Tensor(first), Tensor(second), Tensor(step))
            : null;
    }

    private TorchSharp.torch.Tensor Tensor(StoredTensor stored) => reader!.Read(stored).DetachFromDisposeScope();

    private SafetensorsReader Open()
    {
        var path = Path.Combine(folder, OptimizerState.FileName);
        return File.Exists(path)
            ? SafetensorsReader.Open(path)
            : throw new UserFaultException(
                $"{folder} has no {OptimizerState.FileName}, which AdamW's moments are in. Give a checkpoint of a run of this lab."
            );
    }
}
