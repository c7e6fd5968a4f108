using static ReLoRA.Results.Tables.ColumnType;

namespace ReLoRA.Results.Tables;

/// <summary>Tables of what happens along a run.</summary>
internal static class StepTables
{
    public static LogTable Steps { get; } =
        new(
            "steps",
            "step",
            "one optimizer step",
            [
                Column.Cell,
                Column.Of("step", Integer, "updates", "this step's number; the first is 1"),
                Column.Of("tokens", Integer, "tokens", "trained on so far, this step's included"),
                Column.Of("loss", Number, "nats per token", "mean training loss, before the update"),
                Column.Of("learning_rate", Number, "per update", "of this update"),
                Column.Of("gradient_norm", Number, "L2 norm", "over all trainable parameters, before clipping"),
                Column.Of(
                    "skipped",
                    Flag,
                    "",
                    "true where the update was left out: loss or gradient were no finite numbers"
                ),
                Column.OfMeasured("seconds", Number, "seconds", "the step's duration"),
                Column.OfMeasured("tokens_per_second", Number, "tokens per second", "the step's rate"),
                Column.OfMeasured(
                    "waited_seconds",
                    Number,
                    "seconds",
                    "of several processes: until all had their gradients"
                ),
                Column.OfMeasured("exchange_seconds", Number, "seconds", "of several processes: to sum the gradients"),
                Column.OtherOfRecord("step"),
            ]
        );

    public static LogTable Spikes { get; } =
        new(
            "spikes",
            "spike",
            "a spike of the training loss that began or ended",
            [
                Column.Cell,
                Column.Of("step", Integer, "updates", "completed"),
                Column.Of("phase", Text, "", "began, recovered or diverged"),
                Column.Of("first", Integer, "updates", "the step whose loss began the spike"),
                Column.Of("steps", Integer, "updates", "since the spike began"),
                Column.Of("mean", Number, "nats per token", "of the training loss before the spike"),
                Column.Of("deviation", Number, "nats per token", "of the training loss before the spike"),
                Column.Of("loss", Number, "nats per token", "of this step"),
                Column.Of("peak", Number, "nats per token", "largest loss of the spike so far"),
                Column.OtherOfRecord("spike"),
            ]
        );

    public static LogTable Checkpoints { get; } =
        new(
            "checkpoints",
            "checkpoint",
            "a checkpoint that was about to be written; the note after it tells its figures",
            [
                Column.Cell,
                Column.Of("step", Integer, "updates", "that it holds"),
                Column.Of("path", Text, "", "its folder, relative to the cell's"),
                Column.OfMeasured("seconds", Number, "seconds", "to write it"),
                Column.OfMeasured("bytes", Integer, "bytes", "its size"),
                Column.OtherOfRecord("checkpoint"),
            ]
        );

    public static LogTable Notes { get; } =
        new(
            "notes",
            "note",
            "something for people, and the figures of checkpoints that are whole",
            [
                Column.Cell,
                Column.Of("text", Text, "", "for example that the run was resumed"),
                Column.OfMeasured("at", Text, "ISO 8601, UTC", "when it was written"),
                Column.OfMeasured("step", Integer, "updates", "of a checkpoint: that it holds"),
                Column.OfMeasured("bytes", Integer, "bytes", "of a checkpoint: its size"),
                Column.OfMeasured("seconds", Number, "seconds", "of a checkpoint: to write it"),
                Column.OfMeasured(
                    "stood_still_seconds",
                    Number,
                    "seconds",
                    "of a checkpoint: for which training stood still"
                ),
                Column.OtherOfRecord("note"),
            ]
        );
}
