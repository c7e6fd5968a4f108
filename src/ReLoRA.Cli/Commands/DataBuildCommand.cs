using System.CommandLine;
using ReLoRA.Data.Building;
using ReLoRA.Data.Shards;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora data build</c>.</summary>
internal static class DataBuildCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description =
                "Text: .jsonl with a \"text\" in each line, .txt, either also as .gz or .zst, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var tokenizer = new Option<string>("--tokenizer")
        {
            Description = "A tokenizer.json or SentencePiece .model.",
            Required = true,
        };
        var output = new Option<string>("--output") { Description = "The folder to write.", Required = true };
        var sequence = new Option<int>("--sequence")
        {
            Description = "Tokens of a sequence; rows hold one more.",
            DefaultValueFactory = _ => 128,
        };
        var rows = new Option<int>("--rows-per-shard")
        {
            Description = "Rows of a shard.",
            DefaultValueFactory = _ => 65_536,
        };
        var endOfText = new Option<string?>("--end-of-text")
        {
            Description = "The token that ends a document, where it has none of the customary names.",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads that encode. They do not alter the result.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var skipBad = new Option<bool>("--skip-bad")
        {
            Description = "Leave out lines that are no document, and count them.",
        };
        var force = new Option<bool>("--force")
        {
            Description = "Replace a dataset that is already there, or one that was begun otherwise.",
        };
        var json = new Option<bool>("--json") { Description = "Print the manifest as JSON." };
        var command = new Command("build", "Tokenize text and write a dataset.")
        {
            inputs,
            tokenizer,
            output,
            sequence,
            rows,
            endOfText,
            threads,
            skipBad,
            force,
            json,
        };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = new BuildOptions
                {
                    Inputs = parsed.GetRequiredValue(inputs),
                    Tokenizer = parsed.GetRequiredValue(tokenizer),
                    Output = parsed.GetRequiredValue(output),
                    SequenceLength = parsed.GetValue(sequence),
                    RowsPerShard = parsed.GetValue(rows),
                    EndOfText = parsed.GetValue(endOfText),
                    Threads = parsed.GetValue(threads),
                    SkipBad = parsed.GetValue(skipBad),
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

    private static int Run(BuildOptions options, bool json, TextWriter output, CancellationToken cancellation)
    {
        using var display = DataProgress.OnStandardError();
        var progress = new BuildFigures(display, TimeProvider.System);
        DatasetManifest manifest;
        try
        {
            manifest = DatasetBuilder.Build(options, progress.Report, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            display.Dispose();
            Console.Error.WriteLine($"Stopped: {options.Output} has no manifest yet. Run the same command to go on.");
            return ExitCodes.Interrupted;
        }
        display.Dispose();
        if (json)
            DataOutput.WriteJson(output, manifest);
        else
            output.WriteLine(
                DataSummary.Of(options.Output, manifest)
                    + (manifest.SkippedLines == 0 ? "" : $", {manifest.SkippedLines} bad lines left out")
            );
        return 0;
    }
}
