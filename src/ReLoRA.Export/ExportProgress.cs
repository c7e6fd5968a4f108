namespace ReLoRA.Export;

/// <summary>How far an export is.</summary>
/// <param name="Done">Cells that are read.</param>
/// <param name="Cells">Cells in all.</param>
/// <param name="Rows">Rows of all tables.</param>
public sealed record ExportProgress(int Done, int Cells, long Rows);
