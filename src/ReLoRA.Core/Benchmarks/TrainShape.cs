using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Benchmarks;

/// <summary>What is trained in a benchmark.</summary>
/// <param name="Model">The preset whose model it is: <see cref="Presets.PicoTiny"/> or <see cref="Presets.PicoSmall"/>.</param>
/// <param name="IsReLoRA">ReLoRA of rank 16 on all seven linears of a block with dropout 0.1, as published; else full rank.</param>
/// <param name="Batch">Sequences of a step.</param>
/// <param name="Sequence">Tokens of a sequence.</param>
/// <param name="Precision">The precision.</param>
/// <param name="MicroBatch">Sequences of one forward pass; divides <paramref name="Batch"/>.</param>
/// <param name="Recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
public sealed record TrainShape(
    RunConfig Model,
    bool IsReLoRA,
    int Batch,
    int Sequence,
    Precision Precision,
    int MicroBatch,
    bool Recompute
)
{
    /// <summary>The names of the sizes.</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["tiny", "small"];

    /// <summary>The names of the methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["full", "relora"];

    /// <summary>The names of the types: 32 bits, mixed precision, a GPU's TF32.</summary>
    public static IReadOnlyList<string> Types { get; } = ["fp32", "bf16", "tf32"];

    /// <summary>The shape of that name, all of the batch in one forward pass.</summary>
    /// <param name="size">One of <see cref="Sizes"/>.</param>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="batch">Sequences of a step.</param>
    /// <param name="sequence">Tokens of a sequence.</param>
    /// <param name="recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
    public static TrainShape Named(string size, string method, string type, int batch, int sequence, bool recompute) =>
        new(
            size == Sizes[0] ? Presets.PicoTiny : Presets.PicoSmall,
            method == Methods[1],
            batch,
            sequence,
            type switch
            {
                "bf16" => Precision.BFloat16Mixed,
                "tf32" => Precision.TensorFloat32,
                _ => Precision.Float32,
            },
            batch,
            recompute
        );

    /// <summary>The run that is measured.</summary>
    public RunConfig Config =>
        Model with
        {
            LowRank = IsReLoRA
                ? new LowRankConfig { Method = LowRankMethod.ReLoRA, Semantics = ResetSemantics.PaperSingleGpu }
                : new LowRankConfig(),
            Data = Model.Data with { BatchSize = Batch, SequenceLength = Sequence },
            Precision = Precision,
            Seed = 0,
        };
}
