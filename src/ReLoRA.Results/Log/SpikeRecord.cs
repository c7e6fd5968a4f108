namespace ReLoRA.Results.Log;

/// <summary>A spike of the training loss that began or ended.</summary>
public sealed record SpikeRecord : LogRecord
{
    internal const string KindName = "spike";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates.</summary>
    public required long Step { get; init; }

    /// <summary><c>began</c>, <c>recovered</c> or <c>diverged</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>The step whose loss began the spike.</summary>
    public required long First { get; init; }

    /// <summary>Steps since: at the end of a spike, how long it took.</summary>
    public required long Steps { get; init; }

    /// <summary>Mean training loss before the spike, in nats per token.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the training loss before the spike.</summary>
    public required double Deviation { get; init; }

    /// <summary>The loss of this step.</summary>
    public required double Loss { get; init; }

    /// <summary>The largest loss of the spike so far.</summary>
    public required double Peak { get; init; }

    internal static SpikeRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Phase = fields.Text("phase"),
            First = fields.Integer("first"),
            Steps = fields.Integer("steps"),
            Mean = fields.Number("mean"),
            Deviation = fields.Number("deviation"),
            Loss = fields.Number("loss"),
            Peak = fields.Number("peak"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("phase", Phase);
        fields.Add("first", First);
        fields.Add("steps", Steps);
        fields.Add("mean", Mean);
        fields.Add("deviation", Deviation);
        fields.Add("loss", Loss);
        fields.Add("peak", Peak);
    }
}
