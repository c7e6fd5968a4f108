namespace ReLoRA.Core.Dynamics;

/// <summary>Where no script is at hand.</summary>
internal sealed class NoScriptFigures : IScriptFigures
{
    public Func<ProbedLinear, ProbeFigure> Find(string probe) =>
        throw new UserFaultException(
            $"{probe} is a figure of a script, and none is at hand. Run the script to measure it."
        );
}
