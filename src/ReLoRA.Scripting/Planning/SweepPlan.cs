using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Planning;

/// <summary>The cells of a sweep, distinct, each after its full-rank partner.</summary>
public sealed record SweepPlan
{
    /// <summary>The sweep's name.</summary>
    public required string Name { get; init; }

    /// <summary>The cells, in the order they are started.</summary>
    public required IReadOnlyList<PlannedCell> Cells { get; init; }

    /// <summary>The time after which one run of the sweep starts no further cell; none where null.</summary>
    public required TimeSpan? Wall { get; init; }

    /// <summary>What a reader of the plan should know, for example that equal cells were joined. Often empty.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How cells are found that are not known beforehand; null where all are.</summary>
    public PlannedSearch? Search { get; init; }

    /// <summary>What the script says of submitting it; null where nothing.</summary>
    public SlurmChoice? Slurm { get; init; }

    /// <summary>The plan as <c>sweep.json</c> holds it.</summary>
    /// <param name="provenance">Where it came from.</param>
    public SweepFile ToFile(IReadOnlyDictionary<string, string> provenance) =>
        new()
        {
            Name = Name,
            Cells =
            [
                .. Cells.Select(cell => new SweepCell(
                    cell.Id,
                    cell.Label,
                    cell.Arm,
                    FormattableString.Invariant($"{cell.Config.Seed}"),
                    cell.Baseline
                )),
            ],
            Provenance = provenance,
        };

    /// <summary>Tokens of all cells together; of a search, at most.</summary>
    public long Tokens => Search?.Tokens ?? Cells.Sum(cell => cell.Tokens);
}
