using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora submit</c>.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        var script = ScriptArguments.Script();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var slurm = new Option<bool>("--slurm")
        {
            Description = "The scheduler: Slurm, the only one so far, and the default.",
        };
        var only = new Option<string[]>("--only")
        {
            Description =
                "Submit only cells whose label, label without seed or id matches; * is any text. With the partners that they are compared with. Several: --only A --only B.",
            HelpName = "PATTERN",
            DefaultValueFactory = _ => [],
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Print the batch script, and submit and write nothing.",
        };
        var wait = new Option<bool>("--wait")
        {
            Description =
                "Wait until all tasks have ended, and return what 'run' would. Ctrl+C ends the waiting alone.",
        };
        var options = new SlurmOptions();
        var ceiling = new CeilingOptions();
        var json = ScriptArguments.Json();
        var noCache = ScriptArguments.NoCache();
        var command = new Command(
            "submit",
            "Hand the cells of a sweep that are missing or failed to Slurm, as one array job, and return. docs/slurm.md."
        )
        {
            script,
            arguments,
            runs,
            slurm,
        };
        foreach (var option in options.All.Concat([only, dryRun, wait]).Concat(ceiling.All).Concat([json, noCache]))
            command.Options.Add(option);
        // Synchronous, as 'run' is.
        command.SetAction(parsed =>
        {
            var request = new SubmitRequest(
                new RunsFolder(RunsRoot.Resolve(parsed.GetValue(runs))),
                new RunOptions { Only = parsed.GetValue(only) ?? [] },
                options.Choice(parsed),
                ceiling.Of(parsed),
                parsed.GetValue(dryRun),
                parsed.GetValue(wait)
            );
            var output = new SubmitOutput(
                parsed.InvocationConfiguration.Output,
                request.Runs.Root,
                parsed.GetValue(json)
            );
            return ExecuteAsync(
                    parsed.GetRequiredValue(script),
                    parsed.GetValue(arguments) ?? [],
                    ScriptArguments.Host(parsed, noCache),
                    request,
                    output
                )
                .GetAwaiter()
                .GetResult();
        });
        return command;
    }

    private static async Task<int> ExecuteAsync(
        string script,
        string[] arguments,
        Scripting.Hosting.ScriptHostOptions host,
        SubmitRequest request,
        SubmitOutput output
    )
    {
        using var planned = await PlannedScript.LoadAsync(script, arguments, host);
        // All that may be refused is, before anything is submitted.
        foreach (var plan in planned.Plans)
            SweepSubmitter.RequireSubmittable(plan);
        CellSelection.RequireMatches(planned.Plans, request.Options.Only);
        RunRequest.RequireBelow(request.Ceiling, planned.Plans, request.Options, request.Runs);
        var profiles = SlurmProfile.For(planned.Script.Folder, SlurmProfile.SettingsFolder());
        var settings = planned.Plans.ToDictionary(
            plan => plan,
            plan => SlurmSettings.Of([request.Choice, .. new[] { plan.Slurm }.OfType<SlurmChoice>(), .. profiles])
        );
        var limits = request.IsDryRun ? LimitsOrUsual() : SlurmLimits.Ask();
        var submitter = new SweepSubmitter(
            request.Runs,
            new SlurmScheduler(),
            limits,
            ThisProgram.Command,
            TimeProvider.System
        );
        var provenance = Provenance.Of(planned.Script, arguments, TimeProvider.System);
        try
        {
            foreach (var plan in planned.Plans)
                if (request.IsDryRun)
                    output.Add(plan.Name, submitter.DryRun(plan, request.Options, settings[plan]));
                else
                    output.Add(
                        submitter.Submit(plan, provenance, request.Options, settings[plan], request.Choice.ArrayLimit)
                    );
        }
        finally
        {
            // What was submitted before a fault is told too.
            output.End();
        }
        return request.Waits && !request.IsDryRun ? await WaitAsync(planned.Plans, request) : ExitCodes.Success;
    }

    private static async Task<int> WaitAsync(IReadOnlyList<SweepPlan> plans, SubmitRequest request)
    {
        using var stop = StopRequest.OnSignals(_ => { });
        var wait = new SweepWait(request.Runs, new SlurmScheduler(), TimeProvider.System, Console.Error.WriteLine);
        var exit = ExitCodes.Success;
        foreach (var plan in plans)
            exit = Math.Max(
                exit,
                await wait.UntilEndedAsync(CellSelection.Of(plan, request.Options, request.Runs).Plan, stop.Stop)
            );
        return exit;
    }

    /// <summary>A script can be looked at where there is no Slurm.</summary>
    private static SlurmLimits LimitsOrUsual()
    {
        try
        {
            return SlurmLimits.Ask();
        }
        catch (UserFaultException)
        {
            return SlurmLimits.Usual;
        }
    }
}
