namespace ReLoRA.Scripting.Running;

/// <summary>How far one cell of a sweep is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name within the sweep.</param>
/// <param name="Report">How far it is.</param>
public sealed record SweepStatusCell(string Id, string Label, CellReport Report);
