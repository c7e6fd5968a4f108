using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>The metrics and targets of checkpoints, for people.</summary>
public static class MetricList
{
    /// <summary>The metrics.</summary>
    public static IReadOnlyList<MetricLine> Metrics { get; } =
    [
        .. FolderQuestions.Metrics.Select(definition => new MetricLine(
            definition.Name,
            Formula(definition.Metric),
            SnakeCase.Of(definition.Natural),
            Needs(definition)
        )),
    ];

    /// <summary>The targets, each with what it is.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Targets { get; } =
    [.. TargetKinds.All.Select(target => (SnakeCase.Of(target), Meaning(target)))];

    private static string Needs(MetricDefinition definition)
    {
        var parts = new List<string>();
        if (definition.NeedsReference || TargetKinds.IsUpdateSince(definition.Natural))
            parts.Add("--reference");
        if (TargetKinds.IsObserved(definition.Natural))
            parts.Add("--data");
        return string.Join(" ", parts);
    }

    private static string Formula(ProbeMetric metric) =>
        metric switch
        {
            ProbeMetric.EffectiveRank =>
                "exp(-sum p ln p) / min(rows, columns), p = sigma / sum sigma, over the numerical rank",
            ProbeMetric.EffectiveDirections => "exp(-sum p ln p)",
            ProbeMetric.StableRank => "sum sigma^2 / sigma_1^2",
            ProbeMetric.NumericalRank => "singular values above the rounding of the stored type",
            ProbeMetric.ConditionNumber => "sigma_1 / sigma_r, r the numerical rank",
            ProbeMetric.RawConditionNumber => "sigma_1 / sigma_min of all, as published",
            ProbeMetric.SingularValues => "all of them; the number is the largest",
            ProbeMetric.FrobeniusNorm => "sqrt(sum x^2)",
            ProbeMetric.NuclearNorm => "sum sigma",
            ProbeMetric.SpectralNorm => "sigma_1",
            ProbeMetric.MaxNorm => "max |x|",
            ProbeMetric.Gini => "sum (2i-n-1) x_(i) / (n sum x), x the sorted |elements|",
            ProbeMetric.Hoyer => "(sqrt(n) - L1/L2) / (sqrt(n) - 1)",
            ProbeMetric.UpdateRatio => "|update| / |weight it was added to|, Frobenius",
            ProbeMetric.SubspaceOverlap => "|U'V|^2 / k of the leading k singular vectors",
            ProbeMetric.PrincipalAngles =>
                "angles between the leading singular subspaces, radians; the number is the largest",
            ProbeMetric.Cka => "|X'Y|^2 / (|X'X| |Y'Y|), columns centred",
            ProbeMetric.CkaDebiased => "the same of unbiased HSIC, for few samples",
            ProbeMetric.Svcca => "mean canonical correlation over 99 % of sum sigma",
            ProbeMetric.Pwcca => "canonical correlations weighted by projection (Morcos et al. 2018)",
            ProbeMetric.PwccaPublished => "the same with the weights of the published code",
            ProbeMetric.Anisotropy => "mean cosine of two samples",
            ProbeMetric.GradientNoiseScale => "tr(covariance) / |gradient|^2, from single rows",
            ProbeMetric.AttentionEntropy => "mean of -sum p ln p, nats, one a head; the number is their mean",
            ProbeMetric.AttentionEntropyShare => "the same over ln(keys seen), 0 to 1",
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No formula."),
        };

    private static string Meaning(ProbeTarget target) =>
        target switch
        {
            ProbeTarget.Weight => "W, with adapters W + sBA",
            ProbeTarget.CumulativeUpdate => "weight minus that of --reference",
            ProbeTarget.StepUpdate => "the same: what was added since --reference",
            ProbeTarget.FrozenWeight => "W without its adapter",
            ProbeTarget.AdapterA => "A",
            ProbeTarget.AdapterB => "B",
            ProbeTarget.Adapter => "BA, without the scale",
            ProbeTarget.ResetUpdate => "sBA, added since the last reset",
            ProbeTarget.Gradient => "of the loss by the effective weight (--data)",
            ProbeTarget.AdapterAGradient => "of the loss by A (--data)",
            ProbeTarget.AdapterBGradient => "of the loss by B (--data)",
            ProbeTarget.FirstMoment => "AdamW's mean of gradients, from optimizer.safetensors",
            ProbeTarget.SecondMoment => "AdamW's mean of squares, from optimizer.safetensors",
            ProbeTarget.Activation => "a linear's outputs at all positions (--data)",
            ProbeTarget.LastActivation => "a linear's outputs at each row's last position (--data)",
            ProbeTarget.OvCircuit => "O_h V_h of each head, (width, width)",
            ProbeTarget.OvCircuitPublished => "V_h O_h of each head, and all side by side",
            ProbeTarget.QkCircuit => "Q_h' K_h of each head, (width, width)",
            ProbeTarget.QkCircuitPublished => "Q_h K_h' of each head, and all side by side",
            ProbeTarget.Attention => "attention after its softmax (--data)",
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, "No meaning."),
        };
}
