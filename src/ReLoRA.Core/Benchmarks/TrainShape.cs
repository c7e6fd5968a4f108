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
