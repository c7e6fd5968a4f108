namespace ReLoRA.Results.Log;

/// <summary>One evaluation on minimal pairs, in evaluation mode.</summary>
/// <remarks>Measured: <c>seconds</c>.</remarks>
public sealed record PairsRecord : LogRecord
{
    internal const string KindName = "pairs";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates; 0 is the untrained model.</summary>
    public required long Step { get; init; }

    /// <summary>Tokens trained on so far.</summary>
    public required long Tokens { get; init; }

    /// <summary>The suite, by the name of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Mean of the phenomena's accuracies, each counting the same, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The counts of each phenomenon.</summary>
    public required IReadOnlyList<PairsPhenomenon> Phenomena { get; init; }

    /// <summary><c>before_reset</c> or <c>after_reset</c>; null for an evaluation at a step of its own.</summary>
    public string? Moment { get; init; }

    internal static PairsRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Tokens = fields.Integer("tokens"),
            Name = fields.Text("name"),
            Accuracy = fields.Number("accuracy"),
            Phenomena = fields.Maps("phenomena", PairsPhenomenon.From),
            Moment = fields.OptionalText("moment"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("tokens", Tokens);
        fields.Add("name", Name);
        fields.Add("accuracy", Accuracy);
        fields.Add("phenomena", Phenomena, (phenomenon, inner) => phenomenon.WriteTo(inner));
        fields.AddIfSet("moment", Moment);
    }
}
