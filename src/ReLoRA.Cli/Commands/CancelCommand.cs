using System.CommandLine;
using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora cancel</c>.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("script-or-runs")
        {
            Description = "A sweep script, a folder of runs, or the name of a sweep in the folder of runs.",
        };
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var only = new Option<string[]>("--only")
        {
            Description =
                "Only cells whose label, label without seed or id matches; * is any text. A task that has others too goes on. Several: --only A --only B.",
            HelpName = "PATTERN",
            DefaultValueFactory = _ => [],
        };
        var sweep = new Option<string?>("--sweep") { Description = "Only this sweep. Default: all of them." };
        var json = ScriptArguments.Json();
        var command = new Command(
            "cancel",
            "End what was submitted to a cluster: tasks that wait are taken out of the queue, those that run save and end."
        )
        {
            target,
            arguments,
            runs,
            only,
            sweep,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var what = parsed.GetRequiredValue(target);
                var name = IsSweep(what, parsed.GetValue(runs)) ? what : null;
                using var sweeps = await SweepTarget.OpenAsync(
                    name is null ? what : null,
                    parsed.GetValue(arguments),
                    parsed.GetValue(runs)
                );
                var files = Named(sweeps.Files(), name ?? parsed.GetValue(sweep));
                var patterns = parsed.GetValue(only) ?? [];
                ChosenCells.RequireMatches(files, patterns);
                var output = parsed.InvocationConfiguration.Output;
                var done = files.Select(file => Cancel(file, patterns, sweeps.Runs, new SlurmScheduler())).ToList();
                if (parsed.GetValue(json))
                    output.WriteLine(
                        JsonSerializer.Serialize(done.Select(one => CancelJson.Of(one.Plan)), CommandJson.Options)
                    );
                else
                    foreach (var line in done.SelectMany(one => one.Lines))
                        output.WriteLine(line);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    /// <summary>What is neither a folder nor a file may be a sweep's name.</summary>
    private static bool IsSweep(string target, string? runs) =>
        !Path.Exists(target) && new RunsFolder(RunsRoot.Resolve(runs)).Sweeps().Any(sweep => sweep.Name == target);

    private static (CancelPlan Plan, IReadOnlyList<string> Lines) Cancel(
        SweepFile file,
        IReadOnlyList<string> patterns,
        RunsFolder runs,
        SlurmScheduler scheduler
    )
    {
        var submitted = SubmittedTasks.Read(runs);
        var status = SweepStatus.Of(file, runs);
        var plan = CancelPlan.Of(status, ChosenCells.Of(file, patterns, submitted), submitted, runs, scheduler);
        plan.Execute(scheduler);
        return (plan, CancelText.Of(plan, status));
    }

    private static IReadOnlyList<SweepFile> Named(IReadOnlyList<SweepFile> sweeps, string? name) =>
        name is null ? sweeps
        : sweeps.Where(sweep => sweep.Name == name).ToList() is { Count: > 0 } named ? named
        : throw new UserFaultException(
            $"--sweep '{name}': there is no such sweep. There are: {string.Join(", ", sweeps.Select(sweep => sweep.Name))}"
        );
}
