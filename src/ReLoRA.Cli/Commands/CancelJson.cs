using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary>What a cancelling did, as JSON shows it.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Waiting">The tasks that waited.</param>
/// <param name="Running">The tasks that ran.</param>
/// <param name="Left">What was left as it is, and why.</param>
internal sealed record CancelJson(
    string Sweep,
    IReadOnlyList<string> Waiting,
    IReadOnlyList<string> Running,
    IReadOnlyList<string> Left
)
{
    public static CancelJson Of(CancelPlan plan) =>
        new(
            plan.Sweep,
            [.. plan.Waiting.Select(task => task.Name)],
            [.. plan.Running.Select(task => task.Name)],
            plan.Left
        );
}
