using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReLoRA.Core.Configuration;

/// <summary>
/// Where and how a cell is executed; the content of <c>execution.json</c>. No part of its identity. Threads, device,
/// micro-batch and recomputation are fixed at the cell's first start and reused on resume, since results are bitwise equal only at
/// equal ones; the paths are those of the last start.
/// </summary>
public sealed record ExecutionSettings
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Threads of tensor arithmetic.</summary>
    public required int Threads { get; init; }

    /// <summary>The device: <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Sequences of one forward pass; divides <see cref="DataConfig.BatchSize"/>.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>
    /// Whether blocks keep only their inputs in the forward pass, and are computed again on the way back: less memory, more time, the
    /// same gradients. On a GPU dropout draws other numbers than without. Default: false, also where a file has no such key.
    /// </summary>
    public bool Recompute { get; init; }

    /// <summary>
    /// Processes that share each batch among them. Not fixed: at another number a run goes on equal to rounding. Default: 1, also where a file has
    /// no such key.
    /// </summary>
    public int Ranks { get; init; } = 1;

    /// <summary>
    /// The completed steps at which the worker saves and ends, to go on at its next start as if it had not; a run that is further ends at once. Default: 0,
    /// it works to the run's end.
    /// </summary>
    public long PauseAt { get; init; }

    /// <summary>Absolute path of the training data's folder.</summary>
    public required string Train { get; init; }

    /// <summary>Absolute paths of the further corpora's folders, in the order of <see cref="DataConfig.Mix"/>.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public EquatableList<string> Mix { get; init; } = [];

    /// <summary>Absolute path of the evaluation data's folder.</summary>
    public required string Evaluation { get; init; }

    /// <summary>Absolute path of the minimal pairs' folder; empty for none.</summary>
    public string Pairs { get; init; } = "";

    /// <summary>Absolute paths of the data of <see cref="EvaluationConfig.Tasks"/>, in their order.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public EquatableList<string> Tasks { get; init; } = [];

    /// <summary>Absolute path of the tokenizer that minimal pairs and tasks need; empty without them.</summary>
    public string Tokenizer { get; init; } = "";

    /// <summary>Absolute path of the model folder that the weights start from; empty for seeded weights.</summary>
    public string Start { get; init; } = "";

    /// <summary>The script whose figures the cell's probes compute; null where they compute none.</summary>
    public ScriptSource? Script { get; init; }

    /// <summary>The beginning of another cell's run, from which this one starts; null where it starts from its first step.</summary>
    public PrefixSource? Prefix { get; init; }

    /// <summary>
    /// Absolute path of the folder that takes the run's state as it is one step before the end of its warm start, for cells that share it; empty
    /// where none do.
    /// </summary>
    public string WarmStartFolder { get; init; } = "";

    /// <summary>Absolute path of the folder that takes the run's events for TensorBoard; empty for none.</summary>
    public string TensorBoard { get; init; } = "";

    /// <summary>The text of <c>execution.json</c>.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">JSON text.</param>
    /// <exception cref="FormatException">The text is no JSON or lacks a setting.</exception>
    public static ExecutionSettings Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ExecutionSettings>(text, Options)
                ?? throw new FormatException("The execution settings are null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The execution settings cannot be read: {e.Message}", e);
        }
    }
}
