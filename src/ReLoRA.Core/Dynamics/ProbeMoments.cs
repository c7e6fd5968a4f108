namespace ReLoRA.Core.Dynamics;

/// <summary>The moments of a run at which probes measure, as the log names them.</summary>
internal static class ProbeMoments
{
    public const string Step = "step";
    public const string BeforeReset = "before_reset";
    public const string AfterReset = "after_reset";
}
