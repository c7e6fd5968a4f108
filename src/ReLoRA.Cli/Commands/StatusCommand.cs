using System.CommandLine;
using System.Text.Json;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var target = SweepTarget.Argument();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var watch = new Option<bool>("--watch") { Description = "Show it again every two seconds, until Ctrl+C." };
        var json = ScriptArguments.Json();
        var command = new Command("status", "Show how far sweeps are.") { target, arguments, runs, watch, json };
        command.SetAction(
            async (parsed, stop) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                using var sweeps = await SweepTarget.OpenAsync(
                    parsed.GetValue(target),
                    parsed.GetValue(arguments),
                    parsed.GetValue(runs)
                );
                if (parsed.GetValue(watch) && !parsed.GetValue(json))
                {
                    await StatusWatch.ShowAsync(sweeps, stop);
                    return ExitCodes.Success;
                }
                var status = sweeps.Status(new QueueWatch(new SlurmScheduler(), TimeProvider.System));
                output.Write(
                    parsed.GetValue(json)
                        ? JsonSerializer.Serialize(status, CommandJson.Options) + Environment.NewLine
                        : StatusView.Of(status, sweeps.Runs)
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
