using System.CommandLine;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora data</c>: datasets of token shards.</summary>
internal static class DataCommand
{
    public static Command Create() =>
        new("data", "Pull, build, convert, inspect and verify datasets of token shards.")
        {
            DataPullCommand.Create(),
            DataBuildCommand.Create(),
            DataConvertCommand.Create(),
            DataAdoptCommand.Create(),
            DataInspectCommand.Create(),
            DataVerifyCommand.Create(),
        };
}
