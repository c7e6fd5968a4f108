using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Results.Log;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>Saves what is measured as safetensors, for other tools, and logs the norms of what it saved.</summary>
internal sealed class SnapshotProbe(ProbeConfig config, string folder) : IProbe
{
    public ProbeConfig Config => config;

    public IReadOnlyList<ProbeValue> Measure(ProbedMoment moment)
    {
        using var scope = NewDisposeScope();
        var tensors = Measurement
            .Covered(config, moment.Source)
            .Select(found => found.Tensor)
            .Where(tensor => tensor.Finding.Length == 0)
            .Select(tensor => (tensor.Name, Value: Stored(tensor.Value(), tensor.Rounded)))
            .ToList();
        var path = Path.Combine(folder, Name(moment));
        Directory.CreateDirectory(folder);
        SafetensorsFile.Write(path + ".partial", tensors);
        File.Move(path + ".partial", path, overwrite: true);
        return
        [
            .. tensors.Select(tensor =>
                ProbeValues.Of(tensor.Name, ProbeFigure.Of(Metrics.Norms.Frobenius(tensor.Value)))
            ),
        ];
    }

    /// <summary>For example <c>step_200.after_reset.gradient.safetensors</c>; one of a pattern names it too.</summary>
    private string Name(ProbedMoment moment)
    {
        var beside = moment.Name == ProbeMoments.Step ? "" : "." + moment.Name;
        var layers = config.Layers == "*" ? "" : "." + config.Layers.Replace('*', '_').Replace('/', '_');
        return FormattableString.Invariant($"step_{moment.Step}{beside}.{config.TargetName}{layers}.safetensors");
    }

    /// <summary>In the type of the numbers it came from: 64 bits of what was computed in 32 would be half zeros.</summary>
    private static Tensor Stored(Tensor value, ScalarType type) => value.to(type);
}
