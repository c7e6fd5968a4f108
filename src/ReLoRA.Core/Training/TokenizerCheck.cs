using System.Security.Cryptography;

namespace ReLoRA.Core.Training;

/// <summary>Whether texts become tokens as the training data's did.</summary>
public static class TokenizerCheck
{
    /// <summary>Refuses another tokenizer.</summary>
    /// <param name="tokenizer">Its file.</param>
    /// <param name="hash">The training tokenizer's SHA-256, as the data's manifest has it.</param>
    /// <exception cref="UserFaultException">It is another one.</exception>
    public static void RequireSame(string tokenizer, string hash)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(tokenizer)));
        if (found != hash)
            throw new UserFaultException(
                $"{tokenizer} is not the tokenizer of the training data: its SHA-256 is {found}; the data's manifest says {hash}. "
                    + "Set Evaluation.Tokenizer to the tokenizer.json that the data was built with, or evaluate neither Evaluation.Pairs nor "
                    + "Evaluation.Tasks."
            );
    }
}
