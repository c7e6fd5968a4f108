using System.CommandLine;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Cli.Commands;

/// <summary>The arguments that the verbs on scripts share.</summary>
internal static class ScriptArguments
{
    public static Argument<string> Script() =>
        new("script")
        {
            Description =
                "A sweep script (.csx or .cs). It is a program with your rights: run only what you would run as code.",
        };

    public static Argument<string[]> Arguments() =>
        new("args")
        {
            Description = "What the script sees as args; put -- before them.",
            Arity = ArgumentArity.ZeroOrMore,
        };

    public static Option<bool> NoCache() =>
        new("--no-cache")
        {
            Description = $"Compile the script anew. {ScriptHostOptions.CacheVariable}=off does the same for all.",
        };

    public static ScriptHostOptions Host(ParseResult parsed, Option<bool> noCache)
    {
        var options = new ScriptHostOptions();
        return parsed.GetValue(noCache) ? options with { Cache = false } : options;
    }

    public static Option<string?> Runs() =>
        new("--runs") { Description = $"The folder of runs. Default: {RunsRoot.Variable}, else runs." };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}
