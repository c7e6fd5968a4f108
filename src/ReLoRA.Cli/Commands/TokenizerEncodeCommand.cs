using System.CommandLine;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora tokenizer encode</c>.</summary>
internal static class TokenizerEncodeCommand
{
    public static Command Create()
    {
        var tokenizer = new Option<string>("--tokenizer") { Description = "The tokenizer.json.", Required = true };
        var input = new Option<string?>("--input") { Description = "A text file. Default: standard input." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("encode", "Print the token ids of a text.") { tokenizer, input, json };
        command.SetAction(parsed =>
        {
            var ids = ByteLevelTokenizer
                .Load(parsed.GetRequiredValue(tokenizer))
                .Encode(TokenizerInput.Read(parsed.GetValue(input)));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                DataOutput.WriteJson(output, new { Ids = ids });
            else
                output.WriteLine(string.Join(' ', ids));
            return 0;
        });
        return command;
    }
}
