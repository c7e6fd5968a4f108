using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Data.Hub;
using ReLoRA.Data.Streaming;

namespace ReLoRA.Cli.Commands;

/// <summary>The options of <c>relora data pull --stream</c>.</summary>
internal sealed class StreamCommandOptions
{
    private readonly Option<bool> stream = new("--stream")
    {
        Description =
            "Make the output a dataset that can be trained on at once: shards come as they are needed and go when they were read. Needs --output and --budget; "
            + "the run needs Data.Order = AsStored. Leave it running while you train.",
    };

    private readonly Option<string?> budget = new("--budget")
    {
        Description = "With --stream: disk space for shards and downloads, for example 40GB.",
    };

    private readonly IdOriginOptions ids = new();

    public void AddTo(Command command)
    {
        command.Options.Add(stream);
        command.Options.Add(budget);
        ids.AddOriginTo(command);
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(stream);

    /// <exception cref="UserFaultException">The folder or the budget is missing or wrong.</exception>
    public StreamOptions Read(ParseResult parsed, HubPullOptions source) =>
        new()
        {
            Source = source with { Output = null },
            Output =
                source.Output
                ?? throw new UserFaultException("--stream needs the folder of the dataset: --output FOLDER."),
            Budget = Budget(parsed.GetValue(budget)),
            Origin = ids.Origin(parsed),
            Column = ids.Column(parsed),
        };

    private static long Budget(string? text) =>
        text is null
            ? throw new UserFaultException(
                "--stream needs the disk space that it may take: --budget SIZE, for example 40GB."
            )
            : ByteText.Parse(text)
                ?? throw new UserFaultException(
                    $"--budget is '{text}'; allowed: a size, for example 500MB, 40GB or 1.5TB. Correct it."
                );
}
