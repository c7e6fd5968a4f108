namespace ReLoRA.Results.Log;

/// <summary>What is run: the first record of a log, written once, at the cell's first start.</summary>
public sealed record RunRecord : LogRecord
{
    internal const string KindName = "run";

    /// <summary>The only version of the format that this library writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The version of the log format. Default: <see cref="CurrentFormat"/>.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The cell's id: 12 hex digits of the configuration's hash.</summary>
    public required string Cell { get; init; }

    /// <summary>The resolved configuration as canonical JSON.</summary>
    public required string Config { get; init; }

    /// <summary><c>FullRank</c> or <c>ReLoRA</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The name of the resets' semantics; empty for full rank.</summary>
    public required string Semantics { get; init; }

    /// <summary>The version of what training means, part of the cell's identity.</summary>
    public required int SemanticsVersion { get; init; }

    /// <summary>The run's seed, in decimal digits.</summary>
    public required string Seed { get; init; }

    /// <summary>Parameters of the model without adapters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Parameters that receive updates, adapters included.</summary>
    public required long TrainableParameters { get; init; }

    /// <summary>Optimizer steps of the whole run.</summary>
    public required long Steps { get; init; }

    /// <summary>Tokens of one optimizer step.</summary>
    public required long TokensPerStep { get; init; }

    /// <summary>The manifest hash of the training data.</summary>
    public required string TrainData { get; init; }

    /// <summary>The hash of the evaluation data.</summary>
    public required string EvaluationData { get; init; }

    /// <summary>Threads of the tensor library, fixed at the first start.</summary>
    public required int Threads { get; init; }

    /// <summary>The device, fixed at the first start, for example <c>cpu</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Rows of one forward pass, fixed at the first start.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>Floating-point operations of a token's training, as the run begins. Default: null, an earlier version's log.</summary>
    public double? OperationsPerToken { get; init; }

    /// <summary>True where blocks were computed again on the way back; null where not.</summary>
    public bool? Recompute { get; init; }

    /// <summary>Processes that shared each batch as the run began; null where there was one.</summary>
    public int? Ranks { get; init; }

    internal static RunRecord From(FieldMap fields)
    {
        var format = fields.Integer("format");
        if (format != CurrentFormat)
            throw new LogFormatException(
                LogFault.UnsupportedFormat,
                fields.Offset,
                $"the log's format is {format}; this version reads format {CurrentFormat}. Read it with the version that wrote it."
            );
        return new RunRecord
        {
            Format = CurrentFormat,
            Cell = fields.Text("cell"),
            Config = fields.Text("config"),
            Method = fields.Text("method"),
            Semantics = fields.Text("semantics"),
            SemanticsVersion = fields.SmallInteger("semantics_version"),
            Seed = fields.Text("seed"),
            Parameters = fields.Integer("parameters"),
            TrainableParameters = fields.Integer("trainable_parameters"),
            Steps = fields.Integer("steps"),
            TokensPerStep = fields.Integer("tokens_per_step"),
            TrainData = fields.Text("train_data"),
            EvaluationData = fields.Text("evaluation_data"),
            Threads = fields.SmallInteger("threads"),
            Device = fields.Text("device"),
            MicroBatch = fields.SmallInteger("micro_batch"),
            OperationsPerToken = fields.OptionalNumber("operations_per_token"),
            Recompute = fields.OptionalFlag("recompute"),
            Ranks = fields.OptionalInteger("ranks"),
            Measured = fields.Measured(),
        };
    }

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("format", Format);
        fields.Add("cell", Cell);
        fields.Add("config", Config);
        fields.Add("method", Method);
        fields.Add("semantics", Semantics);
        fields.Add("semantics_version", SemanticsVersion);
        fields.Add("seed", Seed);
        fields.Add("parameters", Parameters);
        fields.Add("trainable_parameters", TrainableParameters);
        fields.Add("steps", Steps);
        fields.Add("tokens_per_step", TokensPerStep);
        fields.Add("train_data", TrainData);
        fields.Add("evaluation_data", EvaluationData);
        fields.Add("threads", Threads);
        fields.Add("device", Device);
        fields.Add("micro_batch", MicroBatch);
        fields.AddIfSet("operations_per_token", OperationsPerToken);
        if (Recompute is { } recompute)
            fields.Add("recompute", recompute);
        if (Ranks is { } ranks)
            fields.Add("ranks", ranks);
    }
}
