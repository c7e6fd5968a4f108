namespace ReLoRA.Core.Dynamics;

/// <summary>The figures that a script computes itself.</summary>
public interface IScriptFigures
{
    /// <summary>The figure of a probe's name.</summary>
    /// <param name="probe">The name, as in the log.</param>
    /// <exception cref="UserFaultException">The script does not have it, or can no longer be executed.</exception>
    Func<ProbedLinear, ProbeFigure> Find(string probe);

    /// <summary>The script line that a fault of a figure points at, for example <c>sweep.csx:12</c>; empty where there is none.</summary>
    /// <param name="probe">The figure's probe.</param>
    /// <param name="fault">What it threw, or why it was given up.</param>
    string Place(string probe, Exception fault) => "";
}
