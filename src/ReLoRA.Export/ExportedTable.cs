namespace ReLoRA.Export;

/// <summary>One table that was written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file's name.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Meaning">What one row is.</param>
public sealed record ExportedTable(string Name, string File, long Rows, string Meaning);
