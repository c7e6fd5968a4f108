using System.Text.Json.Nodes;
using ReLoRA.Analysis;
using ReLoRA.Analysis.Report;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>The results of runs on standard output: tables for people, or one JSON document at the end.</summary>
internal sealed class RunOutput(TextWriter output, string runsRoot, bool json)
{
    private readonly JsonArray sweeps = [];

    /// <summary>What writing reports came to: a report that cannot be written takes nothing from the run's results.</summary>
    public int ExitCode { get; private set; }

    public void Add(SweepResult result)
    {
        var any = result.Count(CellOutcome.Finished) + result.Count(CellOutcome.AlreadyFinished) > 0;
        // A table of every trial as an arm would say little beside that of the search.
        var tables =
            result.Search is { } search ? [SearchView.Trials(result.Plan.Name, search)]
            : any ? Summary.OfSweep(runsRoot, result.Plan.Name)
            : [];
        var report = any ? WriteReport(result.Plan.Name) : null;
        if (json)
        {
            sweeps.Add(RunJson.Of(result, TableJson.Render(tables), report));
            Console.Error.WriteLine(RunText.Summary(result, runsRoot));
            return;
        }
        foreach (var table in tables)
            output.WriteLine(TableText.Render(table, Width()));
        output.WriteLine(RunText.Summary(result, runsRoot));
        if (report is not null)
            output.WriteLine($"Report: {report}");
    }

    public void End()
    {
        if (json)
            output.WriteLine(
                new JsonObject { ["runs"] = runsRoot, ["sweeps"] = sweeps }.ToJsonString(CommandJson.Options)
            );
    }

    private string? WriteReport(string sweep)
    {
        try
        {
            var path = SweepReport.DefaultPath(runsRoot, sweep);
            SweepReport.Write(runsRoot, sweep, path);
            return path;
        }
        // The cells are trained and on the disk: whatever goes wrong here is told, and the run ends as it would have.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"The report on {sweep} could not be written. Try again with: relora report");
            ExitCode = Faults.Show(fault, Console.Error);
            return null;
        }
    }

    private static int Width() => Console.IsOutputRedirected ? 0 : Console.WindowWidth;
}
