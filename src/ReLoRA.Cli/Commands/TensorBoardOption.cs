using System.CommandLine;
using ReLoRA.Core;

namespace ReLoRA.Cli.Commands;

/// <summary><c>--tensorboard</c>.</summary>
internal sealed class TensorBoardOption
{
    public Option<string?> Option { get; } =
        new("--tensorboard")
        {
            Description =
                "Write events for TensorBoard into this folder while cells train, a folder in it for each cell. Show them: tensorboard --logdir DIR.",
            HelpName = "DIR",
        };

    /// <summary>The folder, made where it is missing; null where none is asked for.</summary>
    /// <exception cref="UserFaultException">It cannot be made.</exception>
    public string? Folder(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } folder)
            return null;
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserFaultException(
                $"--tensorboard is '{folder}', which cannot be made a folder: {fault.Message} Give another.",
                fault
            );
        }
    }
}
