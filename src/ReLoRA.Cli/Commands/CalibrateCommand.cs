using System.CommandLine;
using System.Text.Json;
using ReLoRA.Scripting.Estimating;

namespace ReLoRA.Cli.Commands;

/// <summary>The process that times some steps. Started by <c>plan</c>; not for users.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var command = new Command("calibrate", "Times some steps. Started by 'relora plan'.") { Hidden = true };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            while (Console.In.ReadLine() is { } line)
            {
                var request = JsonSerializer.Deserialize<CalibrationRequest>(line)!;
                output.WriteLine(JsonSerializer.Serialize(request.Measure(TimeProvider.System)));
                output.Flush();
            }
            return ExitCodes.Success;
        });
        return command;
    }
}
