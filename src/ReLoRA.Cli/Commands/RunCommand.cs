using System.CommandLine;
using ReLoRA.Core.Distributed;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var script = ScriptArguments.Script();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var jobs = new Option<int?>("--jobs") { Description = "Cells trained at once. Default: one a core." };
        var threads = new Option<int?>("--threads") { Description = "Threads of each cell. Default: cores / jobs." };
        var device = new Option<string>("--device")
        {
            Description = "Where cells are trained; fixed at a cell's first start.",
            DefaultValueFactory = _ => "cpu",
        };
        device.AcceptOnlyFromAmong("cpu", "cuda");
        var memory = new MemoryOptions(
            "what has at most 4,096 tokens. Fixed at a cell's first checkpoint",
            "what is available, less a tenth, divided by --jobs"
        );
        var workers = new WorkerOptions(device);
        var choice = new RunChoiceOptions();
        var failFast = new Option<bool>("--fail-fast") { Description = "Start no further cell after a failure." };
        var json = ScriptArguments.Json();
        var noCache = ScriptArguments.NoCache();
        var quick = new Option<bool>("--quick")
        {
            Description =
                "Try the sweep in seconds: a few of its cells, 20 steps each, of a small model, in the folder 'quick' of the runs.",
        };
        var tensorBoard = new TensorBoardOption();
        var command = new Command("run", "Train every cell of a sweep that is not finished. Run again to go on.")
        {
            script,
            arguments,
            runs,
            jobs,
            threads,
            device,
            failFast,
            json,
            noCache,
            quick,
            tensorBoard.Option,
        };
        foreach (var option in workers.All.Concat(memory.All).Concat(choice.All))
            command.Options.Add(option);
        // Synchronous: an asynchronous action would be cut off two seconds after a signal, before the workers have saved.
        command.SetAction(parsed =>
        {
            RankPlace.RequireAlone("run", Environment.GetEnvironmentVariable);
            var options = new RunOptions
            {
                Jobs = parsed.GetValue(jobs),
                Threads = parsed.GetValue(threads),
                Device = parsed.GetValue(device)!,
                MicroBatch = memory.MicroBatch(parsed),
                Recompute = memory.Recompute(parsed),
                Memory = memory.Memory(parsed),
                FailFast = parsed.GetValue(failFast),
                TensorBoard = tensorBoard.Folder(parsed),
            };
            var run = new RunRequest(
                parsed.GetRequiredValue(script),
                parsed.GetValue(arguments) ?? [],
                new RunsFolder(Root(parsed.GetValue(runs), parsed.GetValue(quick))),
                choice.Apply(parsed, workers.Apply(parsed, options)),
                choice.Ceiling(parsed)
            )
            {
                Quick = parsed.GetValue(quick),
                Host = ScriptArguments.Host(parsed, noCache),
            };
            var output = new RunOutput(parsed.InvocationConfiguration.Output, run.Runs.Root, parsed.GetValue(json));
            return ExecuteAsync(run, output).GetAwaiter().GetResult();
        });
        return command;
    }

    /// <summary>What is tried stays apart from what counts.</summary>
    private static string Root(string? runs, bool quick) =>
        quick ? Path.Combine(RunsRoot.Resolve(runs), "quick") : RunsRoot.Resolve(runs);

    private static async Task<int> ExecuteAsync(RunRequest run, RunOutput output)
    {
        using var planned = await PlannedScript.LoadAsync(run.Script, run.Arguments, run.Host, run.Quick);
        foreach (var plan in planned.Plans)
            SearchRunner.RequireWhole(plan, run.Options);
        CellSelection.RequireMatches(planned.Plans, run.Options.Only);
        run.RequireBelowCeiling(planned.Plans);
        var provenance = Provenance.Of(planned.Script, run.Arguments, TimeProvider.System);
        using var stop = StopRequest.OnSignals(message => Console.Error.WriteLine(message));
        var exit = ExitCodes.Success;
        try
        {
            foreach (var plan in planned.Plans)
            {
                var result = await RunDisplay.ShowAsync(observer =>
                {
                    var launcher = ProcessWorkerLauncher.OfThisProgram(run.Options.HangAfter);
                    if (plan.Search is not null)
                        return new SearchRunner(run.Runs, launcher, observer, TimeProvider.System).RunAsync(
                            plan,
                            provenance,
                            run.Options,
                            stop
                        );
                    var runner = new SweepRunner(run.Runs, launcher, observer, TimeProvider.System);
                    return runner.RunAsync(plan, provenance, run.Options, stop);
                });
                output.Add(result);
                exit = Math.Max(exit, result.ExitCode);
                if (result.Interrupted || (exit != ExitCodes.Success && run.Options.FailFast))
                    break;
            }
        }
        finally
        {
            // What was trained before a fault is told too.
            output.End();
        }
        return exit == ExitCodes.Success ? output.ExitCode : exit;
    }
}
