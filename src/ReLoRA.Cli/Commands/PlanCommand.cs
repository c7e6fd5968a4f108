using System.CommandLine;
using System.Text.Json;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Estimating;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var script = ScriptArguments.Script();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var jobs = new Option<int?>("--jobs")
        {
            Description = "Cells trained at once, for the time it takes. Default: one a core.",
        };
        var threads = new Option<int?>("--threads") { Description = "Threads of each. Default: cores / jobs." };
        var fast = new Option<bool>("--no-calibration")
        {
            Description = "Time no steps: how long it takes is then told from finished cells alone.",
        };
        var ceiling = new CeilingOptions();
        var json = ScriptArguments.Json();
        var noCache = ScriptArguments.NoCache();
        var command = new Command("plan", "Show the cells of a sweep, what they cost and what exists already.")
        {
            script,
            arguments,
            runs,
            jobs,
            threads,
            fast,
            json,
            noCache,
        };
        foreach (var option in ceiling.All)
            command.Options.Add(option);
        // Synchronous, as 'run' is.
        command.SetAction(parsed =>
        {
            var folder = new RunsFolder(RunsRoot.Resolve(parsed.GetValue(runs)));
            var calibration = parsed.GetValue(fast) ? null : Calibration.OfThisProgram();
            // One moment of every log, however often a cell is asked for.
            var ends = new CellEnds();
            var estimator = new SweepEstimator(folder, calibration, ends);
            var options = new RunOptions { Jobs = parsed.GetValue(jobs), Threads = parsed.GetValue(threads) };
            return ShowAsync(
                    ceiling.Of(parsed),
                    parsed.GetRequiredValue(script),
                    parsed.GetValue(arguments) ?? [],
                    plan => estimator.EstimateAsync(plan, options),
                    ScriptArguments.Host(parsed, noCache),
                    folder,
                    ends,
                    parsed.GetValue(json),
                    parsed.InvocationConfiguration.Output
                )
                .GetAwaiter()
                .GetResult();
        });
        return command;
    }

    private static async Task<int> ShowAsync(
        RunCeiling ceiling,
        string script,
        string[] arguments,
        Func<SweepPlan, Task<SweepEstimate>> estimate,
        ScriptHostOptions host,
        RunsFolder runs,
        CellEnds ends,
        bool json,
        TextWriter output
    )
    {
        using var planned = await PlannedScript.LoadAsync(script, arguments, host);
        // What another version wrote has a remedy, which is told before anything stumbles over it.
        foreach (var plan in planned.Plans)
            ReadableCells.Require(plan, runs, ends);
        var estimated = new List<(SweepPlan Plan, SweepEstimate Estimate)>();
        foreach (var plan in planned.Plans)
            estimated.Add((plan, await estimate(plan)));
        if (json)
            output.WriteLine(
                JsonSerializer.Serialize(
                    estimated.Select(one => PlanView.ForJson(one.Plan, runs, one.Estimate)),
                    CommandJson.Options
                )
            );
        else
            foreach (var (plan, takes) in estimated)
                output.WriteLine(PlanView.ForPeople(plan, runs, takes, ends));
        // Shown all the same: who is refused wants to see what it was.
        RunRequest.RequireBelow(ceiling, planned.Plans, new RunOptions(), runs, ends);
        return ExitCodes.Success;
    }
}
