using static ReLoRA.Results.Tables.ColumnType;

namespace ReLoRA.Results.Tables;

/// <summary>Tables of what is run, and of how it ended.</summary>
internal static class RunTables
{
    private static readonly string[] ActivityNames = ["training", "evaluation", "probing", "resetting", "saving"];

    public static LogTable Runs { get; } =
        new(
            "runs",
            "run",
            "what is run: a log's first record",
            [
                Column.Cell,
                Column.Of("format", Integer, "", "version of the log format"),
                Column.Of("cell", Text, "", "the cell's id as the log tells it", name: "logged_cell"),
                Column.Of("config", Text, "JSON", "the resolved configuration"),
                Column.Of("method", Text, "", "FullRank or ReLoRA"),
                Column.Of("semantics", Text, "", "the resets' semantics; empty for full rank"),
                Column.Of("semantics_version", Integer, "", "version of what training means"),
                Column.Of("seed", Text, "", "the run's seed, in decimal digits"),
                Column.Of("parameters", Integer, "parameters", "of the model without adapters"),
                Column.Of("trainable_parameters", Integer, "parameters", "that receive updates, adapters included"),
                Column.Of("steps", Integer, "updates", "optimizer steps of the whole run"),
                Column.Of("tokens_per_step", Integer, "tokens", "of one step"),
                Column.Of("train_data", Text, "", "hash of the training data's manifest"),
                Column.Of("evaluation_data", Text, "", "hash of the evaluation data's manifest"),
                Column.Of("threads", Integer, "threads", "of the tensor library"),
                Column.Of("device", Text, "", "for example cpu"),
                Column.Of("micro_batch", Integer, "rows", "of one forward pass"),
                Column.Of(
                    "operations_per_token",
                    Number,
                    "floating-point operations",
                    "of a token's training as the run begins"
                ),
                Column.Of("recompute", Flag, "", "true where blocks were computed again on the way back"),
                Column.Of(
                    "ranks",
                    Integer,
                    "processes",
                    "that shared each batch as the run began; empty where there was one"
                ),
                Column.OfMeasured("started", Text, "ISO 8601, UTC", "when the cell was first started"),
                Column.OfMeasured("machine", Text, "", "the machine's name"),
                Column.OfMeasured("system", Text, "", "its operating system"),
                Column.OfMeasured("runtime", Text, "", "version of .NET"),
                Column.OfMeasured("torchsharp", Text, "", "version of TorchSharp"),
                Column.OfMeasured(
                    "mkl",
                    Text,
                    "",
                    "processor where MKL was made to go by the processor's instructions; empty where it chose by itself"
                ),
                Column.OtherOfRecord("run"),
            ]
        );

    public static LogTable Ends { get; } =
        new(
            "ends",
            "end",
            "the end of a run",
            [
                Column.Cell,
                Column.Of("step", Integer, "updates", "completed"),
                Column.Of("tokens", Integer, "tokens", "trained on"),
                Column.Of("outcome", Text, "", "finished or diverged"),
                Column.Of("loss", Number, "nats per token", "the last step's training loss"),
                Column.OfMeasured("seconds", Number, "seconds", "of all sittings"),
                Column.OfMeasured("device_hours", Number, "hours", "of all sittings"),
                Column.OfMeasured("peak_memory_bytes", Number, "bytes", "the worker's largest memory"),
                Column.OfMeasured(
                    "skipped_steps",
                    Integer,
                    "updates",
                    "left out since loss or gradient were no finite numbers"
                ),
                .. Activities("seconds", "seconds", "spent on"),
                Column.OfMeasured(
                    "training_operations",
                    Number,
                    "floating-point operations",
                    "of training, by the formula"
                ),
                Column.OfMeasured(
                    "evaluation_operations",
                    Number,
                    "floating-point operations",
                    "of evaluation, by the formula"
                ),
                Column.OfMeasured("energy_meter", Text, "", "the counter of energy that was read"),
                .. Activities("joules", "joules", "of energy spent on"),
                Column.OtherOfRecord("end"),
            ]
        );

    private static IEnumerable<Column> Activities(string suffix, string unit, string meaning) =>
        ActivityNames.Select(activity =>
            Column.OfMeasured($"{activity}_{suffix}", Number, unit, $"{meaning} {activity}")
        );
}
