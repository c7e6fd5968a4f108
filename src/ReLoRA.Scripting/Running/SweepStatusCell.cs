using System.Text.Json.Serialization;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Running;

/// <summary>How far one cell of a sweep is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name within the sweep.</param>
/// <param name="Report">How far it is.</param>
public sealed record SweepStatusCell(string Id, string Label, CellReport Report)
{
    /// <summary>Where it is, where it is not finished and was submitted to a scheduler; null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SubmittedCell? Slurm { get; init; }
}
