using System.Text.Json;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Safetensors;
using static TorchSharp.torch;

namespace ReLoRA.Core.Checkpoints;

/// <summary>Loads a checkpoint, after every byte of it was compared with its manifest.</summary>
internal static class CheckpointReader
{
    /// <exception cref="CheckpointException">The checkpoint is damaged or of another cell.</exception>
    /// <param name="path">The checkpoint.</param>
    /// <param name="cell">The cell it must be of.</param>
    /// <param name="model">Receives the weights.</param>
    /// <param name="optimizer">Receives the moments.</param>
    /// <param name="keepsAdapters">Whether the model's adapters stay as they are. Default: no.</param>
    public static CheckpointContent Load(
        string path,
        string cell,
        Decoder model,
        AdamW optimizer,
        bool keepsAdapters = false
    )
    {
        CheckpointManifest.Verify(path);
        var content = ReadContent(Path.Combine(path, CheckpointFolder.StateName));
        if (content.Cell != cell)
            throw new CheckpointException($"{path} is of cell {content.Cell}; expected {cell}.");
        var state = Path.Combine(path, OptimizerState.FileName);
        var kept = keepsAdapters ? Adapters(model) : [];
        var weights = ModelFolder.Weights(model).Where(weight => !kept.Contains(weight.Value));
        Copy(Path.Combine(path, ModelFolder.WeightsName), [.. weights]);
        Copy(state, OptimizerState.Moments(optimizer));
        OptimizerState.LoadMasters(state, optimizer);
        return content;
    }

    private static HashSet<object> Adapters(Decoder model) =>
        new(
            model
                .Linears.OfType<ReLoRALinear>()
                .SelectMany(linear => new[] { linear.A, linear.B, linear.TanhScale })
                .OfType<Tensor>(),
            ReferenceEqualityComparer.Instance
        );

    internal static CheckpointContent ReadContent(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointContent>(File.ReadAllText(path), CheckpointJson.Options)
                ?? throw new CheckpointException($"{path} has no state.");
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static void Copy(string path, List<(string Name, Tensor Value)> targets)
    {
        try
        {
            using var reader = SafetensorsReader.Open(path);
            foreach (var (name, target) in targets)
            {
                if (reader.Find(name) is not { } stored || !stored.Shape.SequenceEqual(target.shape))
                    throw new CheckpointException(
                        $"{path} has no {name} of shape [{string.Join(", ", target.shape)}]."
                    );
                reader.CopyTo(stored, target);
            }
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException($"{e.Message} Use another checkpoint.", e);
        }
    }
}
