namespace ReLoRA.Results.Log;

/// <summary>One phenomenon's part of an evaluation on minimal pairs.</summary>
/// <param name="Name">The phenomenon, for example <c>determiner_noun_agreement</c>.</param>
/// <param name="Correct">Pairs whose good sentence scored strictly higher than the bad one.</param>
/// <param name="Ties">Pairs of equal scores; they count as wrong.</param>
/// <param name="Pairs">Pairs scored.</param>
public sealed record PairsPhenomenon(string Name, long Correct, long Ties, long Pairs)
{
    /// <summary>What kind of phenomenon it is, in the terms of BLiMP's publication; null where the suite names none, as in older logs.</summary>
    public string? Term { get; init; }

    /// <summary>Which pairs are right, in the suite's order: a bit each, the first one highest, in hexadecimal; null in older logs.</summary>
    public string? Right { get; init; }

    internal static PairsPhenomenon From(FieldMap fields) =>
        new(fields.Text("name"), fields.Integer("correct"), fields.Integer("ties"), fields.Integer("pairs"))
        {
            Term = fields.OptionalText("term"),
            Right = fields.OptionalText("right"),
        };

    internal void WriteTo(MapFields fields)
    {
        fields.Add("name", Name);
        fields.Add("correct", Correct);
        fields.Add("ties", Ties);
        fields.Add("pairs", Pairs);
        fields.AddIfSet("term", Term);
        fields.AddIfSet("right", Right);
    }
}
