using System.Reflection;
using ReLoRA.Core;
using ReLoRA.Core.Native;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>
/// Compiles and executes sweep scripts. There is no sandbox: a script is a program with its user's rights. Each is loaded into
/// a context of its own that can be unloaded, so that many scripts in one process do not pile up.
/// </summary>
public static class ScriptHost
{
    /// <summary>Compiles a script, executes it and returns what it declared.</summary>
    /// <param name="path">The script.</param>
    /// <param name="arguments">What the script sees as <c>args</c>.</param>
    /// <param name="options">How it is hosted. Default: as the defaults say.</param>
    /// <exception cref="UserFaultException">
    /// The script is missing or unreadable, does not compile, throws, or declares no sweep.
    /// </exception>
    public static async Task<LoadedScript> LoadAsync(
        string path,
        IReadOnlyList<string> arguments,
        ScriptHostOptions? options = null
    )
    {
        var full = Path.GetFullPath(path);
        if (ProgramScript.Of(full) is { } program)
            return program;
        var compiled = Compiled(full, ScriptFile.Read(path), options ?? new ScriptHostOptions());
        var context = new ScriptLoadContext(compiled.References);
        try
        {
            if (compiled.UsesTensors)
                TorchLoader.Ensure();
            var globals = new ScriptGlobals(arguments);
            var entry = EntryPoint(
                context.LoadFromStream(new MemoryStream(compiled.Assembly), new MemoryStream(compiled.Symbols))
            );
            await ExecuteAsync(entry, globals, compiled).ConfigureAwait(false);
            if (globals.Sweeps.Count == 0)
                throw ScriptFile.DeclaresNothing(full);
            return new LoadedScript(full, globals.Sweeps, compiled.Sources, context);
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    /// <summary>The compiler is named nowhere else, so that a script from the cache loads none of it.</summary>
    private static CompiledScript Compiled(string path, string text, ScriptHostOptions options)
    {
        var cache = options.OpenCache();
        if (cache?.Find(path, text) is { } kept)
            return kept;
        var begun = options.Clock.GetUtcNow();
        var compiled = ScriptCompiler.Compile(path, text);
        cache?.Keep(text, compiled, begun);
        return compiled;
    }

    private static async Task ExecuteAsync(
        Func<object?[], Task<object>> entry,
        ScriptGlobals globals,
        CompiledScript compiled
    )
    {
        try
        {
            // Roslyn's own convention: slot 0 holds the globals, slot 1 is the submission's own.
            await entry([globals, null]).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A script may throw anything; whatever it is, it is the script's fault and told as such.
        catch (Exception e) when (e is not UserFaultException)
#pragma warning restore CA1031
        {
            throw ScriptException.Describe(e, compiled);
        }
    }

    private static Func<object?[], Task<object>> EntryPoint(Assembly assembly) =>
        assembly
            .GetTypes()
            .Select(type =>
                type.GetMethod("<Factory>", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            )
            .OfType<MethodInfo>()
            .Single()
            .CreateDelegate<Func<object?[], Task<object>>>();
}
