using System.CommandLine;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Shards;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora data convert</c>.</summary>
internal static class DataConvertCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description = "Parquet or Arrow files of token ids, folders of them, or patterns ('data/train-*.parquet').",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output") { Description = "The folder to write.", Required = true };
        var ids = new IdOriginOptions();
        var hash = new Option<bool>("--hash-sources")
        {
            Description = "Name the SHA-256 of each input file in the manifest.",
        };
        var force = new Option<bool>("--force")
        {
            Description = "Replace a dataset or an interrupted conversion that is already there.",
        };
        var json = new Option<bool>("--json") { Description = "Print the manifest as JSON." };
        var command = new Command("convert", "Turn files of token ids (Parquet, Arrow) into a dataset.")
        {
            inputs,
            output,
        };
        ids.AddTo(command);
        command.Options.Add(hash);
        command.Options.Add(force);
        command.Options.Add(json);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = new ConvertOptions
                {
                    Inputs = parsed.GetRequiredValue(inputs),
                    Output = parsed.GetRequiredValue(output),
                    Origin = ids.Origin(parsed),
                    Column = ids.Column(parsed),
                    Threads = ids.Threads(parsed),
                    HashSources = parsed.GetValue(hash),
                    Force = parsed.GetValue(force),
                };
                return Interruptible.Run(
                    stop => Run(options, parsed.GetValue(json), parsed.InvocationConfiguration.Output, stop),
                    cancellation
                );
            }
        );
        return command;
    }

    private static int Run(ConvertOptions options, bool json, TextWriter output, CancellationToken cancellation)
    {
        DatasetManifest manifest;
        using (var progress = ConvertDisplay.OnStandardError("converting"))
        {
            try
            {
                manifest = DatasetConverter.Convert(options, progress.Report, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                progress.Dispose();
                Console.Error.WriteLine($"Stopped: {options.Output} is not complete. Run the same command to go on.");
                return ExitCodes.Interrupted;
            }
        }
        if (json)
            DataOutput.WriteJson(output, manifest);
        else
            output.WriteLine(DataSummary.Of(options.Output, manifest));
        return ExitCodes.Success;
    }
}
