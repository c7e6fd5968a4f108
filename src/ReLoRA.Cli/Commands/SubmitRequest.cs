using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora submit</c> was asked for.</summary>
internal sealed record SubmitRequest(
    RunsFolder Runs,
    RunOptions Options,
    SlurmChoice Choice,
    RunCeiling Ceiling,
    bool IsDryRun,
    bool Waits
);
