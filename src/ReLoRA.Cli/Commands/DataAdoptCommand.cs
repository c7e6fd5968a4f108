using System.CommandLine;
using ReLoRA.Data.Adopting;
using ReLoRA.Data.Shards;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora data adopt</c>.</summary>
internal static class DataAdoptCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "A folder of uncompressed Arrow files of token ids.",
        };
        var ids = new IdOriginOptions();
        var json = new Option<bool>("--json") { Description = "Print the manifest as JSON." };
        var command = new Command(
            "adopt",
            "Make a folder of Arrow files a dataset where it lies: checks every id and writes a manifest beside them."
        )
        {
            folder,
        };
        ids.AddTo(command);
        command.Options.Add(json);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = new AdoptOptions
                {
                    Folder = parsed.GetRequiredValue(folder),
                    Origin = ids.Origin(parsed),
                    Column = ids.Column(parsed),
                    Threads = ids.Threads(parsed),
                };
                return Interruptible.Run(
                    stop => Run(options, parsed.GetValue(json), parsed.InvocationConfiguration.Output, stop),
                    cancellation
                );
            }
        );
        return command;
    }

    private static int Run(AdoptOptions options, bool json, TextWriter output, CancellationToken cancellation)
    {
        DatasetManifest manifest;
        using (var progress = ConvertDisplay.OnStandardError("reading"))
        {
            try
            {
                manifest = DatasetAdoption.Adopt(options, progress.Report, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
        }
        if (json)
            DataOutput.WriteJson(output, manifest);
        else
            output.WriteLine(DataSummary.Of(options.Folder, manifest));
        return ExitCodes.Success;
    }
}
