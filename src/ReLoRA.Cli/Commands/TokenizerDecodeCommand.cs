using System.CommandLine;
using System.Globalization;
using ReLoRA.Data;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Data.Tokenizers.Lines;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora tokenizer decode</c>.</summary>
internal static class TokenizerDecodeCommand
{
    private static readonly char[] Separators = [' ', ',', '[', ']', '\t', '\r', '\n'];

    public static Command Create()
    {
        var tokenizer = new Option<string>("--tokenizer")
        {
            Description = "A tokenizer.json or SentencePiece .model.",
            Required = true,
        };
        var input = new Option<string?>("--input")
        {
            Description = "A file of ids, separated by spaces, commas or lines. Default: standard input.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Read JSON lines of id arrays and print JSON lines of strings.",
        };
        var command = new Command("decode", "Print the text of token ids.") { tokenizer, input, json };
        command.SetAction(parsed =>
        {
            var file = TextTokenizer.Open(parsed.GetRequiredValue(tokenizer));
            using var source = new TokenizerInput(parsed.GetValue(input));
            if (parsed.GetValue(json))
            {
                using var output = Console.OpenStandardOutput();
                TokenLines.Decode(file, source.Bytes, source.Place, output);
            }
            else
            {
                parsed.InvocationConfiguration.Output.Write(
                    file.Decode([.. Ids(source.ReadAll())], skipSpecial: false)
                );
            }
            return 0;
        });
        return command;
    }

    private static IEnumerable<int> Ids(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Id);

    private static int Id(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new DataException(
                DataFault.InvalidValue,
                $"\"{word}\" is no token id; allowed: whole numbers from 0, separated by spaces, commas or lines."
            );
}
