using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation;

namespace ReLoRA.Scripting.Planning;

/// <summary>What a plan needs to know of minimal pairs.</summary>
/// <param name="Folder">Their folder; empty for none.</param>
/// <param name="Tokenizer">The tokenizer's file; empty for none.</param>
/// <param name="Suite">The pairs; null for none.</param>
internal sealed record PairsInfo(string Folder, string Tokenizer, MinimalPairSuite? Suite)
{
    /// <summary>Nothing to evaluate.</summary>
    public static PairsInfo None { get; } = new("", "", null);

    /// <summary>Why a model cannot score them; null if it can.</summary>
    public string? Unfit(RunConfig config)
    {
        try
        {
            Suite?.RequireFits(config.Model.MaxSequenceLength);
            return null;
        }
        catch (UserFaultException e)
        {
            return e.Message;
        }
    }
}
