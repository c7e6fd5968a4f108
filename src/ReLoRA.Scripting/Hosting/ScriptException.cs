using System.Diagnostics;
using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Tells an exception of a script by its message and the script's own lines, not by the host's.</summary>
internal static class ScriptException
{
    public static UserFaultException Describe(Exception exception, CompiledScript script)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true)
            .GetFrames()
            .Where(frame => frame.GetFileName() is { } file && script.Sources.ContainsKey(file))
            .Select(frame =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\n  at {new ScriptPlace(frame.GetFileName()!, frame.GetFileLineNumber())}"
                )
            );
        return new UserFaultException(
            $"{ScriptPlace.Show(script.Path)} threw {exception.GetType().Name}: {exception.Message}{string.Concat(frames.Distinct())}",
            exception
        );
    }
}
