using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Models;
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
        var tensors = Measurement.Covered(config, moment.Source).Select(found => found.Tensor).ToList();
        var saved = tensors
            .Where(tensor => tensor.Finding.Length == 0)
            .Select(tensor => (tensor.Name, Value: Stored(tensor)))
            .ToList();
        var path = Path.Combine(folder, Name(moment));
        Directory.CreateDirectory(folder);
        SafetensorsFile.Write(path + ".partial", saved);
        File.Move(path + ".partial", path, overwrite: true);
        return
        [
            .. saved.Select(tensor =>
                ProbeValues.Of(tensor.Name, ProbeFigure.Of(Metrics.Norms.Frobenius(tensor.Value)))
            ),
            .. tensors
                .Where(tensor => tensor.Finding.Length > 0)
                .Select(tensor => new ProbeValue(tensor.Name, double.NaN, tensor.Finding)),
        ];
    }

    /// <summary>For example <c>step_200.after_reset.gradient.safetensors</c>; one of a pattern names it too.</summary>
    private string Name(ProbedMoment moment)
    {
        var beside = moment.Name == ProbeMoments.Step ? "" : "." + moment.Name;
        var layers = config.Layers == "*" ? "" : "." + config.Layers.Replace('*', '_').Replace('/', '_');
        return FormattableString.Invariant($"step_{moment.Step}{beside}.{config.TargetName}{layers}.safetensors");
    }

    /// <summary>In 32 bits, or 64 where the numbers have as many: of what was computed in 32 the other half would be zeros.</summary>
    private static Tensor Stored(MeasuredTensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.Value().to(tensor.Rounded.Wide()).MoveToOuterDisposeScope();
    }
}
