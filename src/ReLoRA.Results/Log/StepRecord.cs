namespace ReLoRA.Results.Log;

/// <summary>One optimizer step.</summary>
/// <remarks>Measured: <c>seconds</c>, <c>tokens_per_second</c>; of several processes also <c>waited_seconds</c>, <c>exchange_seconds</c>.</remarks>
public sealed record StepRecord : LogRecord
{
    internal const string KindName = "step";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates, this one included: the first is 1.</summary>
    public required long Step { get; init; }

    /// <summary>Tokens trained on so far, this step's included.</summary>
    public required long Tokens { get; init; }

    /// <summary>Mean training loss over the step's tokens, before the update, in nats per token.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of this update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>L2 norm of the gradient over all trainable parameters, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>True where the update was left out, since loss or gradient were no finite numbers. Default: null, it was not.</summary>
    public bool? Skipped { get; init; }

    internal static StepRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Tokens = fields.Integer("tokens"),
            Loss = fields.Number("loss"),
            LearningRate = fields.Number("learning_rate"),
            GradientNorm = fields.Number("gradient_norm"),
            Skipped = fields.OptionalFlag("skipped"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("tokens", Tokens);
        fields.Add("loss", Loss);
        fields.Add("learning_rate", LearningRate);
        fields.Add("gradient_norm", GradientNorm);
        if (Skipped is { } skipped)
            fields.Add("skipped", skipped);
    }
}
