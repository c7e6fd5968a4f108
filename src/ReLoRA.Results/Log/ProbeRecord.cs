namespace ReLoRA.Results.Log;

/// <summary>One measurement of the model's inside by a probe.</summary>
/// <remarks>Measured: <c>seconds</c>.</remarks>
public sealed record ProbeRecord : LogRecord
{
    internal const string KindName = "probe";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates; 0 is the untrained model.</summary>
    public required long Step { get; init; }

    /// <summary>Tokens trained on so far.</summary>
    public required long Tokens { get; init; }

    /// <summary>The probe's name, unique in a run.</summary>
    public required string Name { get; init; }

    /// <summary>What is computed, for example <c>effective_rank</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>What it is computed of, for example <c>weight</c> or <c>cumulative_update</c>.</summary>
    public required string Of { get; init; }

    /// <summary><c>step</c>, <c>before_reset</c>, <c>after_reset</c>, <c>after_reset+N</c> (N steps later) or <c>rewarmed</c>.</summary>
    public required string Moment { get; init; }

    /// <summary>The figures, in the model's order of layers.</summary>
    public required IReadOnlyList<ProbeValue> Values { get; init; }

    internal static ProbeRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Tokens = fields.Integer("tokens"),
            Name = fields.Text("name"),
            Metric = fields.Text("metric"),
            Of = fields.Text("of"),
            Moment = fields.Text("moment"),
            Values = fields.Maps("values", ProbeValue.From),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("tokens", Tokens);
        fields.Add("name", Name);
        fields.Add("metric", Metric);
        fields.Add("of", Of);
        fields.Add("moment", Moment);
        fields.Add("values", Values, (value, inner) => value.WriteTo(inner));
    }
}
