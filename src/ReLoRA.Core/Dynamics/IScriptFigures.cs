namespace ReLoRA.Core.Dynamics;

/// <summary>The figures that a script computes itself.</summary>
public interface IScriptFigures
{
    /// <summary>The figure of a probe's name.</summary>
    /// <param name="probe">The name, as in the log.</param>
    /// <exception cref="UserFaultException">The script does not have it, or can no longer be executed.</exception>
    Func<ProbedLinear, ProbeFigure> Find(string probe);
}
