namespace ReLoRA.Scripting.Running;

/// <summary>What a cell is called by.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name within the sweep.</param>
/// <param name="Arm">Its name without the seed.</param>
public sealed record CellName(string Id, string Label, string Arm);
