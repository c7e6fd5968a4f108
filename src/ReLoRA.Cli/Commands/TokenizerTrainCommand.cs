using System.CommandLine;
using System.Globalization;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Data.Tokenizers.Training;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora tokenizer train</c>.</summary>
internal static class TokenizerTrainCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description =
                "Text: .jsonl with a \"text\" in each line, .txt, either also as .gz or .zst, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output") { Description = "The tokenizer.json to write.", Required = true };
        var size = new Option<int>("--vocabulary")
        {
            Description = "Tokens wanted; end of text and the 256 bytes are always in it.",
            DefaultValueFactory = _ => 4096,
        };
        var endOfText = new Option<string>("--end-of-text")
        {
            Description = "Name of the token that ends a document.",
            DefaultValueFactory = _ => EndOfText.DefaultName,
        };
        var force = new Option<bool>("--force") { Description = "Replace a file that is already there." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("train", "Train a byte-level BPE tokenizer on text.")
        {
            inputs,
            output,
            size,
            endOfText,
            force,
            json,
        };
        command.SetAction(parsed =>
        {
            using var progress = DataProgress.OnStandardError();
            var options = new TrainingOptions
            {
                Inputs = parsed.GetRequiredValue(inputs),
                Output = parsed.GetRequiredValue(output),
                VocabularySize = parsed.GetValue(size),
                EndOfText = parsed.GetRequiredValue(endOfText),
                Force = parsed.GetValue(force),
            };
            var definition = TokenizerTraining.Run(
                options,
                (stage, count) => progress.Report(stage, count.ToString("N0", CultureInfo.InvariantCulture))
            );
            progress.Dispose();
            var text = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                DataOutput.WriteJson(
                    text,
                    new
                    {
                        options.Output,
                        definition.Size,
                        Merges = definition.Merges.Count,
                    }
                );
            else
                text.WriteLine($"{options.Output}: {definition.Size} tokens, {definition.Merges.Count} merges");
            return 0;
        });
        return command;
    }
}
