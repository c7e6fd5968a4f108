using System.CommandLine;
using System.Globalization;
using ReLoRA.Data;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora tokenizer decode</c>.</summary>
internal static class TokenizerDecodeCommand
{
    private static readonly char[] Separators = [' ', ',', '[', ']', '\t', '\r', '\n'];

    public static Command Create()
    {
        var tokenizer = new Option<string>("--tokenizer") { Description = "The tokenizer.json.", Required = true };
        var input = new Option<string?>("--input")
        {
            Description = "A file of ids, separated by spaces, commas or lines. Default: standard input.",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("decode", "Print the text of token ids.") { tokenizer, input, json };
        command.SetAction(parsed =>
        {
            var ids = TokenizerInput
                .Read(parsed.GetValue(input))
                .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
                .Select(Id)
                .ToList();
            var text = ByteLevelTokenizer.Load(parsed.GetRequiredValue(tokenizer)).Decode(ids);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                DataOutput.WriteJson(output, new { Text = text });
            else
                output.Write(text);
            return 0;
        });
        return command;
    }

    private static int Id(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new DataException(
                DataFault.InvalidValue,
                $"\"{word}\" is no token id; allowed: whole numbers from 0, separated by spaces, commas or lines."
            );
}
