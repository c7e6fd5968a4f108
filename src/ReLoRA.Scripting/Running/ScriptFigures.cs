using System.Diagnostics;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// The figures that a script computes itself, for the worker that measures them. A lambda cannot be handed to another process,
/// so the script is compiled and executed again when the first figure is asked for, and its sweeps are left unplanned.
/// </summary>
public sealed class ScriptFigures : IScriptFigures, IDisposable
{
    private readonly ExecutionSettings execution;
    private LoadedScript? script;

    /// <summary>Prepares the figures of a cell; nothing is executed yet.</summary>
    /// <param name="execution">Names the script.</param>
    public ScriptFigures(ExecutionSettings execution) => this.execution = execution;

    /// <inheritdoc/>
    public Func<ProbedLinear, ProbeFigure> Find(string probe)
    {
        if (execution.Script is not { } source)
            throw new UserFaultException($"{probe} is a figure of a script, and execution.json names none.");
        script ??= ScriptHost.LoadAsync(source.Path, source.Arguments).GetAwaiter().GetResult();
        return Declared(script, source.Sweep, probe)?.Figure
            ?? throw new UserFaultException(
                $"{source.Path} has no figure {probe} in the sweep '{source.Sweep}' any more. It was changed after the sweep was begun."
            );
    }

    /// <inheritdoc/>
    public string Place(string probe, Exception fault)
    {
        if (script is null)
            return "";
        var frame = new StackTrace(fault, fNeedFileInfo: true)
            .GetFrames()
            .FirstOrDefault(frame => frame.GetFileName() is { } file && script.Sources.ContainsKey(file));
        var place = frame is null
            ? Declared(script, execution.Script!.Sweep, probe)?.Place
            : new ScriptPlace(frame.GetFileName()!, frame.GetFileLineNumber());
        return $"{place}";
    }

    /// <inheritdoc/>
    public void Dispose() => script?.Dispose();

    private static DeclaredProbe? Declared(LoadedScript script, string sweep, string probe) =>
        script
            .Sweeps.Where(declared => declared.Title == sweep)
            .SelectMany(declared => declared.Probes)
            .FirstOrDefault(declared => declared.Config.Name == probe);
}
