namespace ReLoRA.Results.Log;

/// <summary>The run is over. A log without this record belongs to a run that is still going or was stopped.</summary>
/// <remarks>Measured: <c>seconds</c> (sum over all sittings), <c>peak_memory_bytes</c>.</remarks>
public sealed record EndRecord : LogRecord
{
    internal const string KindName = "end";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates.</summary>
    public required long Step { get; init; }

    /// <summary>Tokens trained on.</summary>
    public required long Tokens { get; init; }

    /// <summary><c>finished</c> or <c>diverged</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The last step's training loss, in nats per token.</summary>
    public required double Loss { get; init; }

    internal static EndRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Tokens = fields.Integer("tokens"),
            Outcome = fields.Text("outcome"),
            Loss = fields.Number("loss"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("tokens", Tokens);
        fields.Add("outcome", Outcome);
        fields.Add("loss", Loss);
    }
}
