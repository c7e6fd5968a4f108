using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// A cell of a task, as its plan had it when it was submitted: a line of the orders. A task so needs neither the script nor its compiler, and an
/// edit of the script changes nothing that is under way.
/// </summary>
public sealed record CellOrder
{
    /// <summary>The task's number.</summary>
    public required int Task { get; init; }

    /// <summary>The cell's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name within the sweep.</summary>
    public required string Label { get; init; }

    /// <summary>Its name without the seed.</summary>
    public required string Arm { get; init; }

    /// <summary>The configuration, as <c>cell.json</c> has it.</summary>
    public required string Config { get; init; }

    /// <summary>The hash of the training data.</summary>
    public required string TrainHash { get; init; }

    /// <summary>The hash of the evaluation data.</summary>
    public required string EvaluationHash { get; init; }

    /// <summary>Absolute path of the training data.</summary>
    public required string Train { get; init; }

    /// <summary>Absolute paths of the further corpora.</summary>
    public IReadOnlyList<string> Mix { get; init; } = [];

    /// <summary>Absolute path of the evaluation data.</summary>
    public required string Evaluation { get; init; }

    /// <summary>Absolute path of the minimal pairs; empty for none.</summary>
    public string Pairs { get; init; } = "";

    /// <summary>Absolute path of the tokenizer; empty for none.</summary>
    public string Tokenizer { get; init; } = "";

    /// <summary>Absolute paths of the evaluation tasks' data.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Absolute path of the model that the weights start from; empty for none.</summary>
    public string Start { get; init; } = "";

    /// <summary>The script whose figures its probes compute; null where they compute none.</summary>
    public ScriptSource? Script { get; init; }

    /// <summary>The order for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="task">The number of the task that is to train it.</param>
    public static CellOrder Of(PlannedCell cell, int task) =>
        new()
        {
            Task = task,
            Id = cell.Id,
            Label = cell.Label,
            Arm = cell.Arm,
            Config = ConfigJson.Write(cell.Config),
            TrainHash = cell.Datasets.Hashes.Train,
            EvaluationHash = cell.Datasets.Hashes.Evaluation,
            Train = cell.Datasets.Train,
            Mix = cell.Datasets.Mix,
            Evaluation = cell.Datasets.Evaluation,
            Pairs = cell.Datasets.Pairs,
            Tokenizer = cell.Datasets.Tokenizer,
            Tasks = cell.Datasets.Tasks,
            Start = cell.Datasets.Start?.Folder ?? "",
            Script = cell.Script,
        };

    /// <summary>The cell.</summary>
    /// <exception cref="FormatException">The configuration cannot be read.</exception>
    /// <exception cref="Core.UserFaultException">The model that the weights start from cannot be read.</exception>
    public PlannedCell Cell() =>
        new()
        {
            Id = Id,
            Label = Label,
            Arm = Arm,
            Config = ConfigJson.Read(Config),
            Baseline = "",
            Datasets = new CellDatasets(
                Train,
                [.. Mix],
                Evaluation,
                new DatasetHashes(TrainHash, EvaluationHash),
                Pairs,
                Tokenizer,
                [.. Tasks],
                Start.Length > 0 ? StartingModel.Open(Start) : null
            ),
            Script = Script,
        };
}
