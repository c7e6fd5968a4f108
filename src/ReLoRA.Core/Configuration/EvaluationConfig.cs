namespace ReLoRA.Core.Configuration;

/// <summary>What is evaluated while the model learns. Always in evaluation mode: dropout off.</summary>
public sealed record EvaluationConfig
{
    /// <summary>
    /// Folder whose subfolders are token datasets, one a domain. Found like <see cref="DataConfig.Train"/>.
    /// Default: <c>datasets/english/validation</c>.
    /// </summary>
    [Knob(IsDataset = true, AltersWeights = false)]
    public string Perplexity { get; init; } = "datasets/english/validation";

    /// <summary>
    /// Folder of minimal pairs in BLiMP's JSON-lines schema, for example <c>datasets/english/pairs</c>; empty evaluates none.
    /// Evaluated whenever <see cref="Perplexity"/> is. Found like <see cref="DataConfig.Train"/>. Default: empty.
    /// </summary>
    [Knob(IsDataset = true, AltersWeights = false, MayBeEmpty = true)]
    public string Pairs { get; init; } = "";

    /// <summary>
    /// The <c>tokenizer.json</c> that the training data was built with; <see cref="Pairs"/> and
    /// <see cref="Tasks"/> need it. Found like
    /// <see cref="DataConfig.Train"/>. Default: <c>datasets/english/tokenizer.json</c>.
    /// </summary>
    [Knob(IsDataset = true, AltersWeights = false)]
    public string Tokenizer { get; init; } = "datasets/english/tokenizer.json";

    /// <summary>Steps between evaluations; 0 evaluates at the start and the end only. Default: 0.</summary>
    [Knob(Unit = "steps", Minimum = 0, AltersWeights = false)]
    public int Every { get; init; }

    /// <summary>Rows evaluated of each domain at most; 0 takes all. Default: 0.</summary>
    [Knob(Unit = "rows", Minimum = 0, AltersWeights = false)]
    public int MaxRows { get; init; }

    /// <summary>
    /// Whether each reset is evaluated too, on both its sides, everything that is evaluated at a step. Default: false.
    /// </summary>
    [Knob(AltersWeights = false)]
    public bool AroundResets { get; init; }

    /// <summary>
    /// Further evaluations, by the evaluators of <c>relora eval</c>; <see cref="Tokenizer"/> turns their texts into tokens. Evaluated whenever
    /// <see cref="Perplexity"/> is. Default: none.
    /// </summary>
    [Knob(AltersWeights = false)]
    public EquatableList<EvaluationTask> Tasks { get; init; } = [];
}
