using ReLoRA.Core.Optimization;
using ReLoRA.Core.Safetensors;
using static TorchSharp.torch;

namespace ReLoRA.Core.Checkpoints;

/// <summary>An optimizer's state under the names of a checkpoint's <c>optimizer.safetensors</c>.</summary>
internal static class OptimizerState
{
    public const string FileName = "optimizer.safetensors";

    private const string Master = "master.";

    /// <summary>What every optimizer has: the moments and the counters.</summary>
    public static List<(string Name, Tensor Value)> Moments(AdamW optimizer) =>
        [
            .. optimizer.Parameters.SelectMany(parameter =>
            {
                var moments = optimizer.MomentsOf(parameter.Value);
                return MomentNames(parameter.Name).Zip([moments.First, moments.Second, moments.Step]);
            }),
        ];

    /// <summary>The names of a weight's mean of gradients, mean of their squares, and counter.</summary>
    public static string[] MomentNames(string weight) => ["first." + weight, "second." + weight, "step." + weight];

    /// <summary>Between a reset and the next update an optimizer may hold values that the live weights no longer have.</summary>
    public static IEnumerable<(string Name, Tensor Value)> Masters(AdamW optimizer) =>
        optimizer.Masters.Select(master => (Master + master.Name, master.Value));

    public static void LoadMasters(string path, AdamW optimizer)
    {
        using var frozen = no_grad();
        using var reader = SafetensorsReader.Open(path);
        if (optimizer.HoldsMasters)
        {
            foreach (var (name, value) in Masters(optimizer))
                reader.CopyTo(reader.Find(name) ?? throw new CheckpointException($"{path} has no {name}."), value);
            return;
        }
        optimizer.ForgetMasters();
        foreach (var parameter in optimizer.Parameters)
        {
            if (reader.Find(Master + parameter.Name) is not { } stored)
                continue;
            using var value = empty_like(parameter.Value);
            reader.CopyTo(stored, value);
            optimizer.KeepMaster(parameter.Value, value);
        }
    }
}
