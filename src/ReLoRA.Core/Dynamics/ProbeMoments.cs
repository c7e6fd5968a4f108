namespace ReLoRA.Core.Dynamics;

/// <summary>The moments of a run at which probes measure, as the log names them.</summary>
internal static class ProbeMoments
{
    public const string Step = "step";
    public const string BeforeReset = "before_reset";
    public const string AfterReset = "after_reset";

    /// <summary>The learning rate has warmed up again.</summary>
    public const string Rewarmed = "rewarmed";

    /// <summary>So many steps after a reset.</summary>
    public static string After(int distance) => FormattableString.Invariant($"{AfterReset}+{distance}");
}
