using System.Text.Json.Nodes;
using ReLoRA.Analysis;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>The results of runs on standard output: tables for people, or one JSON document at the end.</summary>
internal sealed class RunOutput(TextWriter output, string runsRoot, bool json)
{
    private readonly JsonArray sweeps = [];

    public void Add(SweepResult result)
    {
        var any = result.Count(CellOutcome.Finished) + result.Count(CellOutcome.AlreadyFinished) > 0;
        var tables = any ? Summary.OfSweep(runsRoot, result.Plan.Name) : [];
        if (json)
        {
            sweeps.Add(RunJson.Of(result, TableJson.Render(tables)));
            Console.Error.WriteLine(RunText.Summary(result, runsRoot));
            return;
        }
        foreach (var table in tables)
            output.WriteLine(TableText.Render(table, Width()));
        output.WriteLine(RunText.Summary(result, runsRoot));
    }

    public void End()
    {
        if (json)
            output.WriteLine(
                new JsonObject { ["runs"] = runsRoot, ["sweeps"] = sweeps }.ToJsonString(CommandJson.Options)
            );
    }

    private static int Width() => Console.IsOutputRedirected ? 0 : Console.WindowWidth;
}
