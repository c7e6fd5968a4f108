namespace ReLoRA.Results.Log;

/// <summary>One evaluation of the model, in evaluation mode.</summary>
/// <remarks>Measured: <c>seconds</c>.</remarks>
public sealed record EvalRecord : LogRecord
{
    internal const string KindName = "eval";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates; 0 is the untrained model.</summary>
    public required long Step { get; init; }

    /// <summary>Tokens trained on so far.</summary>
    public required long Tokens { get; init; }

    /// <summary>What was evaluated, for example <c>perplexity</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Mean loss over all evaluated tokens, in nats per token.</summary>
    public required double Loss { get; init; }

    /// <summary>exp of <see cref="Loss"/>.</summary>
    public required double Perplexity { get; init; }

    /// <summary>Mean of the domains' losses, each domain counting the same, in nats per token.</summary>
    public required double MacroLoss { get; init; }

    /// <summary>exp of <see cref="MacroLoss"/>.</summary>
    public required double MacroPerplexity { get; init; }

    /// <summary>The figures of each domain.</summary>
    public required IReadOnlyList<EvalDomain> Domains { get; init; }

    /// <summary><c>before_reset</c> or <c>after_reset</c>; null for an evaluation at a step of its own.</summary>
    public string? Moment { get; init; }

    internal static EvalRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Tokens = fields.Integer("tokens"),
            Name = fields.Text("name"),
            Loss = fields.Number("loss"),
            Perplexity = fields.Number("perplexity"),
            MacroLoss = fields.Number("macro_loss"),
            MacroPerplexity = fields.Number("macro_perplexity"),
            Domains = fields.Maps("domains", EvalDomain.From),
            Moment = fields.OptionalText("moment"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("tokens", Tokens);
        fields.Add("name", Name);
        fields.Add("loss", Loss);
        fields.Add("perplexity", Perplexity);
        fields.Add("macro_loss", MacroLoss);
        fields.Add("macro_perplexity", MacroPerplexity);
        fields.Add("domains", Domains, (domain, inner) => domain.WriteTo(inner));
        fields.AddIfSet("moment", Moment);
    }
}
