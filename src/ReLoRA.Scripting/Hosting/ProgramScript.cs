using ReLoRA.Core;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>
/// A script that is executed as a program, by <c>dotnet run x.cs</c>: it has declared its sweeps by the time they are asked for, and is not
/// compiled again.
/// </summary>
public static class ProgramScript
{
    private static string? path;

    /// <summary>Says that this process is such a program.</summary>
    /// <param name="file">Its source.</param>
    public static void Begin(string file) => path = Path.GetFullPath(file);

    /// <summary>The program as a loaded script; null where the path is another script's.</summary>
    /// <exception cref="UserFaultException">It has declared no sweep.</exception>
    internal static LoadedScript? Of(string script)
    {
        if (script != path)
            return null;
        if (ScriptGlobals.ProgramSweeps.Count == 0)
            throw ScriptFile.DeclaresNothing(script);
        var sources = new Dictionary<string, string> { [script] = ScriptFile.Read(script) };
        return new LoadedScript(script, ScriptGlobals.ProgramSweeps, sources, context: null);
    }
}
