using System.CommandLine;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Data.Tokenizers.Lines;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora tokenizer encode</c>.</summary>
internal static class TokenizerEncodeCommand
{
    public static Command Create()
    {
        var tokenizer = new Option<string>("--tokenizer")
        {
            Description = "A tokenizer.json or SentencePiece .model.",
            Required = true,
        };
        var input = new Option<string?>("--input") { Description = "A text file. Default: standard input." };
        var json = new Option<bool>("--json")
        {
            Description = "Read JSON lines of strings and print JSON lines of id arrays.",
        };
        var command = new Command("encode", "Print the token ids of a text.") { tokenizer, input, json };
        command.SetAction(parsed =>
        {
            var file = TextTokenizer.Open(parsed.GetRequiredValue(tokenizer));
            using var source = new TokenizerInput(parsed.GetValue(input));
            if (parsed.GetValue(json))
            {
                using var output = Console.OpenStandardOutput();
                TokenLines.Encode(file, source.Bytes, source.Place, output);
            }
            else
            {
                parsed.InvocationConfiguration.Output.WriteLine(string.Join(' ', file.Encode(source.ReadAll())));
            }
            return 0;
        });
        return command;
    }
}
