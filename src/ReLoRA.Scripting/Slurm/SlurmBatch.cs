using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Slurm;

/// <summary>An array job that is prepared and not submitted.</summary>
/// <param name="Terms">What its tasks have in common.</param>
/// <param name="Orders">The cells, by task.</param>
/// <param name="Folder">Where the orders will lie.</param>
public sealed record SlurmBatch(TaskTerms Terms, IReadOnlyList<CellOrder> Orders, OrderFolder Folder)
{
    /// <summary>Divides cells among array jobs.</summary>
    /// <param name="plan">The sweep, less the cells that need not be submitted.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="limits">What the cluster allows.</param>
    /// <param name="place">Where the sweep lies.</param>
    /// <param name="clock">For the time of submitting.</param>
    public static IReadOnlyList<SlurmBatch> Of(
        SweepPlan plan,
        SlurmSettings settings,
        SlurmLimits limits,
        SlurmPlace place,
        TimeProvider clock
    ) =>
        [
            .. plan
                .Cells.Chunk(settings.Pack)
                .Chunk(limits.MostTasks)
                .Select((tasks, i) => Of(tasks, settings, place, i, clock)),
        ];

    private static SlurmBatch Of(
        PlannedCell[][] tasks,
        SlurmSettings settings,
        SlurmPlace place,
        int index,
        TimeProvider clock
    )
    {
        var orders = tasks.SelectMany((cells, task) => cells.Select(cell => CellOrder.Of(cell, task))).ToList();
        var key = OrderFolder.KeyOf(orders, $"{place.Unlike(index)} {settings}");
        var terms = new TaskTerms
        {
            Key = key,
            Sweep = place.Sweep,
            Runs = place.Runs.Root,
            Threads = settings.Threads,
            Device = settings.Device,
            AtOnce = settings.Pack,
            Ranks = settings.Ranks,
            Tasks = [.. tasks.Select(cells => cells.Select(cell => cell.Id).ToList())],
            Host = Environment.MachineName,
            Submitted = clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            Partition = settings.Partition,
        };
        return new SlurmBatch(terms, orders, place.Orders(key));
    }
}
