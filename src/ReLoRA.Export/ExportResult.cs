using System.Text.Json.Serialization;

namespace ReLoRA.Export;

/// <summary>What an export wrote: the content of <c>export.json</c>.</summary>
public sealed record ExportResult
{
    /// <summary>The name of the file that holds it. A folder with one is an export and may be replaced by another.</summary>
    public const string FileName = "export.json";

    /// <summary>The folder; not in the file, which may be moved.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary>The tables' format.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The sweeps that are in it; empty for all cells of a folder without sweeps.</summary>
    public required IReadOnlyList<string> Sweeps { get; init; }

    /// <summary>How many cells it is about, with or without a log.</summary>
    public required int Cells { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<ExportedTable> Tables { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<ExportProblem> Problems { get; init; }

    /// <summary>Kinds of records that are in no table, and why.</summary>
    public required IReadOnlyDictionary<string, string> LeftOut { get; init; }

    /// <summary>Whether something that was logged is missing.</summary>
    [JsonIgnore]
    public bool IsIncomplete => Problems.Any(problem => problem.Severity == ExportProblem.Error);
}
