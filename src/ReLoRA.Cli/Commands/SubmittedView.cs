using System.Globalization;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary>The columns of a status that only sweeps have that were submitted.</summary>
internal static class SubmittedView
{
    public static string[] Columns { get; } = ["where", "why"];

    public static string[] Of(SubmittedCell? cell) => cell is null ? ["", ""] : [Where(cell), cell.Why];

    private static string Where(SubmittedCell cell)
    {
        var node =
            cell.Node.Length == 0 || cell.Standing is TaskStanding.Waiting or TaskStanding.Stuck
                ? ""
                : $" on {cell.Node}";
        var times = string.Create(
            CultureInfo.InvariantCulture,
            $"{(cell.Requeued == 0 ? "" : $", requeued {cell.Requeued} {(cell.Requeued == 1 ? "time" : "times")}")}"
        );
        return $"task {cell.Task}{node}{times}";
    }
}
