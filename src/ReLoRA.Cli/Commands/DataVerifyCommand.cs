using System.CommandLine;
using ReLoRA.Data.Inspection;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora data verify</c>.</summary>
internal static class DataVerifyCommand
{
    public static Command Create()
    {
        var folders = new Argument<string[]>("dataset")
        {
            Description = "Dataset folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        var tokenizer = new Option<string?>("--tokenizer")
        {
            Description = "A tokenizer.json that has to be the one that made them.",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("verify", "Check sizes, checksums and every token id.") { folders, tokenizer, json };
        command.SetAction(parsed =>
        {
            using var progress = DataProgress.OnStandardError();
            foreach (var folder in parsed.GetRequiredValue(folders))
            {
                var manifest = DatasetVerification.Verify(
                    folder,
                    parsed.GetValue(tokenizer),
                    file => progress.Report($"{folder}: {file}")
                );
                progress.Dispose();
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                    DataOutput.WriteJson(
                        output,
                        new
                        {
                            Dataset = folder,
                            Sound = true,
                            manifest.Rows,
                            manifest.Tokens,
                        }
                    );
                else
                    output.WriteLine($"{DataSummary.Of(folder, manifest)}: sound");
            }
            return 0;
        });
        return command;
    }
}
