using System.CommandLine;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Cli.Commands;

/// <summary>The options of how many cells may be trained without being asked.</summary>
internal sealed class CeilingOptions
{
    private readonly Option<int> maxRuns = new("--max-runs")
    {
        Description = $"Most cells to train without being asked. Default: {RunCeiling.Default}.",
        DefaultValueFactory = _ => RunCeiling.Default,
    };
    private readonly Option<bool> yes = new("--yes") { Description = "More than --max-runs cells are meant." };

    /// <summary>Both, in the order of the help.</summary>
    public IEnumerable<Option> All => [maxRuns, yes];

    /// <summary>The ceiling.</summary>
    public RunCeiling Of(ParseResult parsed) => new(parsed.GetValue(maxRuns), parsed.GetValue(yes));
}
