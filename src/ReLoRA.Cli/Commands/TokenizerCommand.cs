using System.CommandLine;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora tokenizer</c>: byte-level BPE tokenizers in Hugging Face's format.</summary>
internal static class TokenizerCommand
{
    public static Command Create() =>
        new("tokenizer", "Train tokenizers; turn text into token ids and back.")
        {
            TokenizerTrainCommand.Create(),
            TokenizerEncodeCommand.Create(),
            TokenizerDecodeCommand.Create(),
        };
}
