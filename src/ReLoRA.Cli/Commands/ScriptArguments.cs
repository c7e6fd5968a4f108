using System.CommandLine;
using System.CommandLine.Parsing;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Cli.Commands;

/// <summary>The arguments that the verbs on scripts share.</summary>
internal static class ScriptArguments
{
    private const string ArgumentsName = "args";

    public static Argument<string> Script() =>
        new("script")
        {
            Description =
                "A sweep script (.csx or .cs). It is a program with your rights: run only what you would run as code.",
        };

    public static Argument<string[]> Arguments() =>
        new(ArgumentsName)
        {
            Description = "What the script sees as args; put -- before them.",
            Arity = ArgumentArity.ZeroOrMore,
        };

    /// <summary>What would be given to the script though it stands before the dashes, as the second of two patterns after one <c>--only</c> does.</summary>
    public static IReadOnlyList<string> Misplaced(ParseResult parsed)
    {
        var argument = parsed.CommandResult.Command.Arguments.FirstOrDefault(one => one.Name == ArgumentsName);
        if (argument is null || parsed.GetResult(argument) is not { } given)
            return [];
        var behind = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        return [.. given.Tokens.Take(given.Tokens.Count - behind).Select(token => token.Value)];
    }

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
