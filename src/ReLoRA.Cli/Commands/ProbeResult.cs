using ReLoRA.Core.Dynamics.Stored;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora probe</c> measured.</summary>
/// <param name="Reference">The checkpoint that others were compared with; null for none.</param>
/// <param name="Checkpoints">Each checkpoint with its figures.</param>
/// <param name="IsComplete">Whether all of it was measured.</param>
internal sealed record ProbeResult(
    string? Reference,
    IReadOnlyList<(ProbedFolder Folder, IReadOnlyList<FolderFigure> Figures)> Checkpoints,
    bool IsComplete
);
