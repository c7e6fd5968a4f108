namespace ReLoRA.Results.Log;

/// <summary>One low-rank reset and the proof of what it did.</summary>
/// <remarks>Measured: <c>seconds</c>.</remarks>
public sealed record ResetRecord : LogRecord
{
    internal const string KindName = "reset";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates before the reset.</summary>
    public required long Step { get; init; }

    /// <summary>The reset's number within the run: the first is 1.</summary>
    public required int Number { get; init; }

    /// <summary>The name of the semantics that the reset followed.</summary>
    public required string Semantics { get; init; }

    /// <summary>Whether those semantics promise that the function stays as it was.</summary>
    public required bool PreservesFunction { get; init; }

    /// <summary>Relative change of the logits on the probe batch: |dlogits| / |logits|, evaluation mode.</summary>
    public required double Jump { get; init; }

    /// <summary>Relative rounding noise of the same logits: single against double precision.</summary>
    public required double Noise { get; init; }

    /// <summary>What <see cref="Jump"/> may be at most where the function is to be kept.</summary>
    public required double JumpBound { get; init; }

    /// <summary>Share of the adapters' contribution that was lost: |dlogits| / |f - f without adapters|.</summary>
    public required double Lost { get; init; }

    /// <summary>What <see cref="Lost"/> may be at most where the function is to be kept.</summary>
    public required double LostBound { get; init; }

    /// <summary>Whether the contribution stands far enough above the noise for <see cref="Lost"/> to mean anything.</summary>
    public required bool LostTestable { get; init; }

    /// <summary><see cref="Jump"/> in training mode and compute precision. Logged, not judged.</summary>
    public required double TrainingJump { get; init; }

    /// <summary>Largest |(W' - W) - sBA| / |W'| over all layers.</summary>
    public required double MergeError { get; init; }

    /// <summary>What <see cref="MergeError"/> may be at most where the function is to be kept.</summary>
    public required double MergeBound { get; init; }

    /// <summary>Frobenius norm of the merged product over all layers.</summary>
    public required double UpdateNorm { get; init; }

    /// <summary>Fraction of the adapters' optimizer moments that are zero after the reset, 0 to 1.</summary>
    public required double StateCleared { get; init; }

    /// <summary>L2 norm of the probe batch's gradient with respect to all A after the reset.</summary>
    public required double GradientA { get; init; }

    /// <summary>L2 norm of the probe batch's gradient with respect to all B after the reset.</summary>
    public required double GradientB { get; init; }

    /// <summary>Smallest numerical rank of A over the layers after the reset.</summary>
    public required double AdapterRank { get; init; }

    /// <summary>The learning rate of the last update before the reset.</summary>
    public required double LearningRateBefore { get; init; }

    /// <summary>The learning rate of the first update after the reset.</summary>
    public required double LearningRateAfter { get; init; }

    /// <summary><c>kept</c>, <c>changed</c> or <c>nothing merged</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The figures of each layer, in the model's order.</summary>
    public required IReadOnlyList<ResetLayer> Layers { get; init; }

    /// <summary>SHA-256 of the merged weights. Null in logs of versions that did not take it.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>L2 norm of all A after the reset. Null in logs of versions that did not measure it.</summary>
    public double? NormA { get; init; }

    /// <summary>L2 norm of all B after the reset. Null in logs of versions that did not measure it.</summary>
    public double? NormB { get; init; }

    /// <summary>Names of the layers whose adapters no gradient reaches after the reset, comma between them. Null where there are none.</summary>
    public string? DeadAdapters { get; init; }

    internal static ResetRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Number = fields.SmallInteger("number"),
            Semantics = fields.Text("semantics"),
            PreservesFunction = fields.Flag("preserves_function"),
            Jump = fields.Number("jump"),
            Noise = fields.Number("noise"),
            JumpBound = fields.Number("jump_bound"),
            Lost = fields.Number("lost"),
            LostBound = fields.Number("lost_bound"),
            LostTestable = fields.Flag("lost_testable"),
            TrainingJump = fields.Number("training_jump"),
            MergeError = fields.Number("merge_error"),
            MergeBound = fields.Number("merge_bound"),
            UpdateNorm = fields.Number("update_norm"),
            StateCleared = fields.Number("state_cleared"),
            GradientA = fields.Number("gradient_a"),
            GradientB = fields.Number("gradient_b"),
            AdapterRank = fields.Number("adapter_rank"),
            LearningRateBefore = fields.Number("learning_rate_before"),
            LearningRateAfter = fields.Number("learning_rate_after"),
            Verdict = fields.Text("verdict"),
            Layers = fields.Maps("layers", ResetLayer.From),
            WeightsHash = fields.OptionalText("weights_hash"),
            NormA = fields.OptionalNumber("norm_a"),
            NormB = fields.OptionalNumber("norm_b"),
            DeadAdapters = fields.OptionalText("dead_adapters"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("number", Number);
        fields.Add("semantics", Semantics);
        fields.Add("preserves_function", PreservesFunction);
        fields.Add("jump", Jump);
        fields.Add("noise", Noise);
        fields.Add("jump_bound", JumpBound);
        fields.Add("lost", Lost);
        fields.Add("lost_bound", LostBound);
        fields.Add("lost_testable", LostTestable);
        fields.Add("training_jump", TrainingJump);
        fields.Add("merge_error", MergeError);
        fields.Add("merge_bound", MergeBound);
        fields.Add("update_norm", UpdateNorm);
        fields.Add("state_cleared", StateCleared);
        fields.Add("gradient_a", GradientA);
        fields.Add("gradient_b", GradientB);
        fields.Add("adapter_rank", AdapterRank);
        fields.Add("learning_rate_before", LearningRateBefore);
        fields.Add("learning_rate_after", LearningRateAfter);
        fields.Add("verdict", Verdict);
        fields.Add("layers", Layers, (layer, inner) => layer.WriteTo(inner));
        fields.AddIfSet("weights_hash", WeightsHash);
        fields.AddIfSet("norm_a", NormA);
        fields.AddIfSet("norm_b", NormB);
        fields.AddIfSet("dead_adapters", DeadAdapters);
    }
}
