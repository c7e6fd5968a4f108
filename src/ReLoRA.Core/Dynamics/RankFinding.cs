namespace ReLoRA.Core.Dynamics;

/// <summary>How a figure of a rank-deficient matrix is marked.</summary>
internal static class RankFinding
{
    public static string Of(Spectrum spectrum) =>
        spectrum.IsRankDeficient
            ? FormattableString.Invariant($"rank deficient ({spectrum.Rank} of {spectrum.Values.Count})")
            : "";
}
