namespace ReLoRA.Results.Runs;

/// <summary>One cell of a sweep's plan.</summary>
/// <param name="Id">The cell's id.</param>
/// <param name="Label">Its name within the sweep, seed included.</param>
/// <param name="Arm">Its name without the seed: cells of one arm differ in nothing else.</param>
/// <param name="Seed">Its seed, in decimal digits.</param>
/// <param name="Baseline">The id of the cell that it is compared with; empty where it has none or is one.</param>
public sealed record SweepCell(string Id, string Label, string Arm, string Seed, string Baseline);
