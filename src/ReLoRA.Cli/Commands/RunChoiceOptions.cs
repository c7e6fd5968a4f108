using System.CommandLine;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>Options that say which cells a run is about.</summary>
internal sealed class RunChoiceOptions
{
    private readonly Option<string[]> only = new("--only")
    {
        Description =
            "Train only cells whose label, label without seed or id matches; * is any text. With the partners that they are compared with. Several: --only A --only B.",
        HelpName = "PATTERN",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<bool> retryFailed = new("--retry-failed")
    {
        Description =
            "Train only cells that failed before. Without it they are tried again like any other that is not finished.",
    };
    private readonly Option<bool> skipFailed = new("--skip-failed")
    {
        Description = "Leave cells that failed before as they are.",
    };
    private readonly Option<bool> fresh = new("--fresh")
    {
        Description = "Train the cells anew. What was trained of them before is moved aside, to cells/ID.old-N.",
    };
    private readonly Option<bool> extend = new("--extend")
    {
        Description =
            "Let cells that differ from finished ones only in a larger budget go on from those. The schedule must not depend on the length.",
    };
    private readonly CeilingOptions ceiling = new();

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [only, retryFailed, skipFailed, fresh, extend, .. ceiling.All];

    /// <summary>The ceiling.</summary>
    public RunCeiling Ceiling(ParseResult parsed) => ceiling.Of(parsed);

    /// <summary>Writes the choice into a run's options.</summary>
    public RunOptions Apply(ParseResult parsed, RunOptions options) =>
        options with
        {
            Only = parsed.GetValue(only) ?? [],
            RetryFailed = parsed.GetValue(retryFailed),
            SkipFailed = parsed.GetValue(skipFailed),
            Fresh = parsed.GetValue(fresh),
            Extend = parsed.GetValue(extend),
        };
}
