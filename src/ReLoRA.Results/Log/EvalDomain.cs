namespace ReLoRA.Results.Log;

/// <summary>One domain's part of an evaluation.</summary>
/// <param name="Name">The domain.</param>
/// <param name="Loss">Mean loss over the domain's tokens, in nats per token.</param>
/// <param name="Perplexity">exp of <paramref name="Loss"/>.</param>
/// <param name="Tokens">Tokens evaluated.</param>
public sealed record EvalDomain(string Name, double Loss, double Perplexity, long Tokens)
{
    /// <summary>The loss of each row, summed over its tokens, in nats and in stored order; empty in older logs.</summary>
    public IReadOnlyList<double> RowNats { get; init; } = [];

    internal static EvalDomain From(FieldMap fields) =>
        new(fields.Text("name"), fields.Number("loss"), fields.Number("perplexity"), fields.Integer("tokens"))
        {
            RowNats = fields.OptionalNumbers("row_nats"),
        };

    internal void WriteTo(MapFields fields)
    {
        fields.Add("name", Name);
        fields.Add("loss", Loss);
        fields.Add("perplexity", Perplexity);
        fields.Add("tokens", Tokens);
        if (RowNats.Count > 0)
            fields.Add("row_nats", RowNats);
    }
}
