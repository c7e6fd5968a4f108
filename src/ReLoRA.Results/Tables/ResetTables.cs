using static ReLoRA.Results.Tables.ColumnType;

namespace ReLoRA.Results.Tables;

/// <summary>Tables of resets and their layers.</summary>
internal static class ResetTables
{
    private static readonly Column ResetStep = Column.Of("step", Integer, "updates", "before the reset");

    private static readonly Column ResetNumber = Column.Of(
        "number",
        Integer,
        "",
        "the reset's number in the run; the first is 1"
    );

    private static readonly Column ResetLayer = Column.OfPart(
        "layers",
        "name",
        Text,
        "",
        "the layer's name in the published model",
        name: "layer"
    );

    public static LogTable Resets { get; } =
        new(
            "resets",
            "reset",
            "one low-rank reset and the proof of what it did",
            [
                Column.Cell,
                ResetStep,
                ResetNumber,
                Column.Of("semantics", Text, "", "the rules it followed"),
                Column.Of("preserves_function", Flag, "", "whether those promise that the function stays as it was"),
                Column.Of("jump", Number, "relative", "|dlogits| / |logits| on the probe batch, evaluation mode"),
                Column.Of("noise", Number, "relative", "the same between single and double precision"),
                Column.Of("jump_bound", Number, "relative", "what jump may be where the function is to be kept"),
                Column.Of("lost", Number, "relative", "share of the adapters' contribution that was lost"),
                Column.Of("lost_bound", Number, "relative", "what lost may be"),
                Column.Of("lost_testable", Flag, "", "whether the contribution stands far enough above the noise"),
                Column.Of("training_jump", Number, "relative", "jump in training mode and compute precision"),
                Column.Of("merge_error", Number, "relative", "largest |(W' - W) - sBA| / |W'| over all layers"),
                Column.Of("merge_bound", Number, "relative", "what merge_error may be"),
                Column.Of("update_norm", Number, "Frobenius norm", "of the merged product over all layers"),
                Column.Of(
                    "state_cleared",
                    Number,
                    "share, 0 to 1",
                    "of the adapters' optimizer moments that are zero afterwards"
                ),
                Column.Of(
                    "gradient_a",
                    Number,
                    "L2 norm",
                    "of the probe batch's gradient with respect to all A, afterwards"
                ),
                Column.Of(
                    "gradient_b",
                    Number,
                    "L2 norm",
                    "of the probe batch's gradient with respect to all B, afterwards"
                ),
                Column.Of("adapter_rank", Number, "rank", "smallest numerical rank of A over the layers, afterwards"),
                Column.Of("learning_rate_before", Number, "per update", "of the last update before"),
                Column.Of("learning_rate_after", Number, "per update", "of the first update after"),
                Column.Of("verdict", Text, "", "kept, changed or nothing merged"),
                Column.Of("weights_hash", Text, "", "SHA-256 of all merged weights"),
                Column.Of("norm_a", Number, "Frobenius norm", "of all A, afterwards"),
                Column.Of("norm_b", Number, "Frobenius norm", "of all B, afterwards"),
                Column.Of("dead_adapters", Text, "", "layers whose adapters no gradient reaches, comma between them"),
                Column.OfMeasured("seconds", Number, "seconds", "the reset's duration, the proof included"),
                Column.OtherOfRecord("reset"),
            ]
        );

    public static LogTable ResetLayers { get; } =
        new(
            "reset_layers",
            "reset",
            "one layer of one reset",
            [
                Column.Cell,
                ResetStep,
                ResetNumber,
                ResetLayer,
                OfLayer("merge_error", Number, "relative", "largest |(W' - W) - sBA| / |W'|"),
                OfLayer("update_norm", Number, "Frobenius norm", "of the product that was merged"),
                OfLayer("norm_a", Number, "Frobenius norm", "of A, afterwards"),
                OfLayer("norm_b", Number, "Frobenius norm", "of B, afterwards"),
                OfLayer(
                    "state_cleared",
                    Number,
                    "share, 0 to 1",
                    "of the adapter's optimizer moments that are zero afterwards"
                ),
                OfLayer("rule_error", Number, "relative", "the merge error against what the semantics' own rule adds"),
                OfLayer("rank", Integer, "rank", "of the adapter from now on"),
                Column.OtherOfPart("reset"),
            ],
            RowExpansion.OfParts("layers")
        );

    public static LogTable ResetSpectra { get; } =
        new(
            "reset_spectra",
            "reset",
            "one singular value of the update that a reset should have merged into one layer",
            [
                Column.Cell,
                ResetStep,
                ResetNumber,
                ResetLayer,
                Column.Index("index", "layers[].spectrum", "place in descending order; the first is 0"),
                Column.Element("value", Number, "singular value", "layers[].spectrum", "the singular value"),
            ],
            RowExpansion.OfVectors("layers", "spectrum")
        );

    private static Column OfLayer(string key, ColumnType type, string unit, string meaning) =>
        Column.OfPart("layers", key, type, unit, meaning);
}
