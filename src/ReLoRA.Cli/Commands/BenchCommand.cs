using System.CommandLine;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora bench</c>: how fast this machine does what a run needs.</summary>
internal static class BenchCommand
{
    public static Command Create() =>
        new("bench", "Measure this machine, always against something else in the same run.")
        {
            BenchDataCommand.Create(),
            BenchTrainCommand.Create(),
            BenchLogCommand.Create(),
        };
}
