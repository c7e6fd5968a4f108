using ReLoRA.Core.Dynamics.Stored;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora probe</c> was asked for.</summary>
/// <param name="Folders">Checkpoints, or folders of them.</param>
/// <param name="Options">What to measure.</param>
/// <param name="Threads">Threads of libtorch.</param>
/// <param name="Form">How it is printed.</param>
internal sealed record ProbeRequest(
    IReadOnlyList<string> Folders,
    FolderProbeOptions Options,
    int Threads,
    ProbeForm Form
);
