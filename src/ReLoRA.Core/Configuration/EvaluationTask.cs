namespace ReLoRA.Core.Configuration;

/// <summary>One more evaluation while a model learns: an evaluator of docs/evaluators.md on data of yours.</summary>
public sealed record EvaluationTask
{
    /// <summary>A task yet to be filled in.</summary>
    public EvaluationTask() { }

    /// <summary>A task.</summary>
    /// <param name="evaluator">See <see cref="Evaluator"/>.</param>
    /// <param name="data">See <see cref="Data"/>.</param>
    public EvaluationTask(string evaluator, string data) => (Evaluator, Data) = (evaluator, data);

    /// <summary>The evaluator, as <c>relora eval</c> names it, for example <c>blimp</c>.</summary>
    [Knob(AltersWeights = false)]
    public string Evaluator { get; init; } = "blimp";

    /// <summary>Its folder, archive or file. Found like <see cref="DataConfig.Train"/>.</summary>
    [Knob(AltersWeights = false)]
    public string Data { get; init; } = "";

    /// <summary>The part of the data, where it has several. Default: <c>val</c>.</summary>
    [Knob(AltersWeights = false)]
    public string Split { get; init; } = "val";

    /// <summary>
    /// Items of each group (paradigm, domain) at most, evenly spread over it, so that an evaluation keeps to a share of training's time; 0 takes all.
    /// Default: 100.
    /// </summary>
    [Knob(Unit = "items", Minimum = 0, AltersWeights = false)]
    public int Samples { get; init; } = 100;

    /// <summary>For example <c>blimp(datasets/blimp)</c>.</summary>
    public override string ToString() => $"{Evaluator}({Data})";
}
