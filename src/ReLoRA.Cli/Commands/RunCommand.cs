using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora run</c>.</summary>
internal static class RunCommand
{
    // A few times what lies between two signs of life.
    private static readonly TimeSpan LeastHang = TimeSpan.FromSeconds(6);

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
        var gpus = new Option<string?>("--gpus")
        {
            Description = "GPUs, one a worker: a count, all, or a list (0,2). --jobs is their number, --device cuda.",
            HelpName = "N|LIST",
        };
        var hangAfter = new Option<string>("--hang-after")
        {
            Description =
                $"End a worker that shows no sign of life for so long, and start it again, at most {RunOptions.MostRestarts} times. off: never.",
            HelpName = "TIME",
            DefaultValueFactory = _ => "10m",
        };
        var choice = new RunChoiceOptions();
        var failFast = new Option<bool>("--fail-fast") { Description = "Start no further cell after a failure." };
        var json = ScriptArguments.Json();
        var command = new Command("run", "Train every cell of a sweep that is not finished. Run again to go on.")
        {
            script,
            arguments,
            runs,
            jobs,
            threads,
            device,
            gpus,
            hangAfter,
            failFast,
            json,
        };
        foreach (var option in memory.All.Concat(choice.All))
            command.Options.Add(option);
        // Synchronous: an asynchronous action would be cut off two seconds after a signal, before the workers have saved.
        command.SetAction(parsed =>
        {
            var gpuNames = parsed.GetValue(gpus) is { } text ? Gpus(text) : [];
            var options = new RunOptions
            {
                Jobs = parsed.GetValue(jobs),
                Threads = parsed.GetValue(threads),
                Device = gpuNames.Count > 0 ? "cuda" : parsed.GetValue(device)!,
                Gpus = gpuNames,
                HangAfter = HangAfter(parsed.GetValue(hangAfter)!),
                MicroBatch = memory.MicroBatch(parsed),
                Recompute = memory.Recompute(parsed),
                Memory = memory.Memory(parsed),
                FailFast = parsed.GetValue(failFast),
            };
            var run = new RunRequest(
                parsed.GetRequiredValue(script),
                parsed.GetValue(arguments) ?? [],
                new RunsFolder(RunsRoot.Resolve(parsed.GetValue(runs))),
                choice.Apply(parsed, options),
                choice.Ceiling(parsed)
            );
            var output = new RunOutput(parsed.InvocationConfiguration.Output, run.Runs.Root, parsed.GetValue(json));
            return ExecuteAsync(run, output).GetAwaiter().GetResult();
        });
        return command;
    }

    private static async Task<int> ExecuteAsync(RunRequest run, RunOutput output)
    {
        using var planned = await PlannedScript.LoadAsync(run.Script, run.Arguments);
        CellSelection.RequireMatches(planned.Plans, run.Options.Only);
        run.RequireBelowCeiling(planned.Plans);
        var provenance = Provenance.Of(planned.Script, run.Arguments, TimeProvider.System);
        using var stop = StopRequest.OnSignals(message => Console.Error.WriteLine(message));
        var exit = ExitCodes.Success;
        foreach (var plan in planned.Plans)
        {
            var result = await RunDisplay.ShowAsync(observer =>
            {
                var launcher = ProcessWorkerLauncher.OfThisProgram();
                var runner = new SweepRunner(run.Runs, launcher, observer, TimeProvider.System);
                return runner.RunAsync(plan, provenance, run.Options, stop);
            });
            output.Add(result);
            exit = Math.Max(exit, result.ExitCode);
            if (result.Interrupted || (exit != ExitCodes.Success && run.Options.FailFast))
                break;
        }
        output.End();
        return exit == ExitCodes.Success ? output.ExitCode : exit;
    }

    private static IReadOnlyList<string> Gpus(string text) =>
        GpuChoice
            .Parse(text)
            .Resolve(Environment.GetEnvironmentVariable(GpuChoice.Variable), TorchSharp.torch.cuda.device_count);

    private static TimeSpan? HangAfter(string text)
    {
        if (text == "off")
            return null;
        return DurationText.Parse(text) is { } time && time >= LeastHang
            ? time
            : throw new UserFaultException(
                $"--hang-after is '{text}'; allowed: off, or a time of at least {LeastHang.TotalSeconds:0} seconds such as 90s, 10m or 1h. Correct it."
            );
    }
}
