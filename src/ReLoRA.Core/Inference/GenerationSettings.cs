namespace ReLoRA.Core.Inference;

/// <summary>How a text is continued.</summary>
public sealed record GenerationSettings
{
    /// <summary>New tokens at most. The model's longest sequence ends it too. Default: 100.</summary>
    public int Tokens { get; init; } = 100;

    /// <summary>0 takes the likeliest token; otherwise logits are divided by it and a token is drawn. Default: 0.</summary>
    public double Temperature { get; init; }

    /// <summary>The seed of the draws. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>Tokens after which it stops. Default: none.</summary>
    public IReadOnlyCollection<int> Ends { get; init; } = [];
}
