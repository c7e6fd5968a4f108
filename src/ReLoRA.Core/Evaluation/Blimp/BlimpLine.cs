using ReLoRA.Core.Evaluation.Items;

namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>A line in BLiMP's schema. Of its other fields none decides how it is scored by the whole sentence.</summary>
internal sealed record BlimpLine(string Place, string Paradigm, string? Term, string Id, string Good, string Bad)
{
    /// <summary>The field of the grammatical sentence.</summary>
    public const string GoodField = "sentence_good";

    /// <summary>The field of the ungrammatical sentence.</summary>
    public const string BadField = "sentence_bad";

    /// <exception cref="UserFaultException">A field is missing or empty.</exception>
    public static BlimpLine Of(JsonLine line) =>
        new(
            line.Place,
            line.Text("UID"),
            line.Find("linguistics_term"),
            line.Label("pairID"),
            line.Text(GoodField),
            line.Text(BadField)
        );
}
