using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Catalogue;

/// <summary>One metric over everything that a pattern covers.</summary>
internal static class Measurement
{
    /// <summary>The figures, in the model's order.</summary>
    /// <param name="probe">Metric, target, pattern and settings.</param>
    /// <param name="source">What is measured.</param>
    /// <param name="reference">What it is compared with, where the metric compares.</param>
    /// <param name="cancellation">Seen between two tensors.</param>
    /// <exception cref="UserFaultException">The source has nothing of the kind, or the reference has another shape.</exception>
    public static IReadOnlyList<(string Name, ProbeFigure Figure)> Of(
        ProbeConfig probe,
        IMatrixSource source,
        Func<IMatrixSource> reference,
        CancellationToken cancellation = default
    )
    {
        var definition = MetricCatalogue.Of(probe.Metric);
        var tensors = Covered(probe, source);
        var others = definition.NeedsReference ? Others(probe, tensors, reference()) : null;
        if (definition.NeedsSpectrum)
            SpectrumBatch.Compute([.. tensors.Select(found => found.Tensor), .. others ?? []], cancellation);
        for (var i = 0; i < others?.Count; i++)
            RequireShape(tensors[i].Tensor, others[i], definition.NeedsSpectrum);
        var figures = new List<(string, ProbeFigure)>();
        for (var i = 0; i < tensors.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            figures.Add((tensors[i].Tensor.Name, definition.Measure(tensors[i].Tensor, others?[i], probe)));
        }
        return figures;
    }

    /// <summary>The tensors that a probe's pattern covers; a head's name may be given, or its layer's.</summary>
    public static List<(string Name, MeasuredTensor Tensor)> Covered(ProbeConfig probe, IMatrixSource source)
    {
        var names = source.Names(probe.Of);
        if (!TargetKinds.IsOfHeads(probe.Of))
            names = [.. names.Where(name => LayerPattern.Matches(probe.Layers, name))];
        return
        [
            .. names
                .SelectMany(name => source.Of(probe.Of, name, probe.Rows), (name, tensor) => (name, tensor))
                .Where(found =>
                    LayerPattern.Matches(probe.Layers, found.name)
                    || LayerPattern.Matches(probe.Layers, found.tensor.Name)
                ),
        ];
    }

    private static List<MeasuredTensor> Others(
        ProbeConfig probe,
        List<(string Name, MeasuredTensor Tensor)> tensors,
        IMatrixSource reference
    )
    {
        var known = reference.Names(probe.Of).ToHashSet(StringComparer.Ordinal);
        var missing = tensors.Select(found => found.Name).FirstOrDefault(name => !known.Contains(name));
        if (missing is not null)
            throw new UserFaultException($"The reference has no {missing}. Compare models of one shape.");
        return tensors.ConvertAll(found =>
            reference.Of(probe.Of, found.Name, probe.Rows).FirstOrDefault(other => other.Name == found.Tensor.Name)
            ?? throw new UserFaultException(
                $"The reference has no {found.Tensor.Name} as {SnakeCase.Of(probe.Of)}. Compare models of one shape and method."
            )
        );
    }

    /// <summary>Matrices of a model must be as large as those of the reference; of activations the samples must be the same.</summary>
    private static void RequireShape(MeasuredTensor tensor, MeasuredTensor other, bool isMatrix)
    {
        if (tensor.Finding.Length > 0 || other.Finding.Length > 0)
            return;
        using var scope = NewDisposeScope();
        var (own, reference) = isMatrix
            ? ([tensor.Spectrum.Rows, tensor.Spectrum.Columns], [other.Spectrum.Rows, other.Spectrum.Columns])
            : (tensor.Value().shape, other.Value().shape);
        if (isMatrix ? !own.AsSpan().SequenceEqual(reference) : own[0] != reference[0])
            throw new UserFaultException(
                $"{tensor.Name} is [{string.Join(", ", own)}], and [{string.Join(", ", reference)}] in the reference. "
                    + (isMatrix ? "Compare models of one shape." : "Compare activations of the same samples.")
            );
    }
}
