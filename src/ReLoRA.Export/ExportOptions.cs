using ReLoRA.Results.Runs;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>What is exported, and where to.</summary>
public sealed record ExportOptions
{
    /// <summary>The folder of runs.</summary>
    public required RunsFolder Runs { get; init; }

    /// <summary>Sweeps whose plans name the cells. Default: none.</summary>
    public IReadOnlyList<SweepFile> Sweeps { get; init; } = [];

    /// <summary>Whether cells are exported that no sweep names. Default: true.</summary>
    public bool WithOtherCells { get; init; } = true;

    /// <summary>What is known beforehand, for example of a plan that cannot be read. Default: nothing.</summary>
    public IReadOnlyList<ExportProblem> Problems { get; init; } = [];

    /// <summary>The files' format.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The tables, by name. Default: empty, all of <see cref="ExportTables.Names"/>.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The folder to write. It is made, or replaced where it is an export.</summary>
    public required string Output { get; init; }

    /// <summary>Type, unit and meaning of a knob by its path. Default: the type is that of the values.</summary>
    public Func<string, Column?> Knob { get; init; } = _ => null;
}
