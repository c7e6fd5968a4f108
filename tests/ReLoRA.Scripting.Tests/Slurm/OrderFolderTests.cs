using ReLoRA.Core;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Slurm;
using ReLoRA.Scripting.Tests.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class OrderFolderTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        fixture.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_cell_is_in_its_task_what_it_was_in_the_plan()
    {
        var plan = await fixture.PlanAsync(".Baseline().Seeds(count: 2)");
        var orders = new OrderFolder(folder.File("orders"));
        // Of several files, each read alone.
        orders.Write(Terms(), [.. plan.Cells.Select((cell, i) => CellOrder.Of(cell, 150 * i))]);

        Assert.Equal(
            plan.Cells.Select(Comparable),
            plan.Cells.SelectMany((_, i) => orders.Of(150 * i)).Select(order => Comparable(order.Cell()))
        );
        Assert.Equal(Terms().Sweep, orders.Terms().Sweep);
        Assert.Equal(
            "key",
            (await File.ReadAllTextAsync(orders.KeyPath, TestContext.Current.CancellationToken)).Trim()
        );
    }

    [Fact]
    public void Terms_that_were_written_before_cells_had_several_processes_mean_one()
    {
        var orders = new OrderFolder(folder.File("orders"));
        orders.Write(Terms() with { Ranks = 2 }, []);
        Assert.Equal(2, orders.Terms().Ranks);
        var path = Path.Combine(orders.Path, "terms.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"ranks\":2,", "", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(1, orders.Terms().Ranks);
    }

    [Fact]
    public async Task Equal_orders_that_were_submitted_before_have_another_key()
    {
        var plan = await fixture.PlanAsync();
        var orders = plan.Cells.Select(cell => CellOrder.Of(cell, 0)).ToList();
        Assert.Equal(OrderFolder.KeyOf(orders, "here 0"), OrderFolder.KeyOf(orders, "here 0"));
        Assert.NotEqual(OrderFolder.KeyOf(orders, "here 0"), OrderFolder.KeyOf(orders, "here 1"));
        Assert.NotEqual(OrderFolder.KeyOf(orders, "here 0"), OrderFolder.KeyOf(orders[..1], "here 0"));
    }

    [Fact]
    public void Orders_that_are_not_there_are_told_with_the_remedy()
    {
        var fault = Assert.Throws<UserFaultException>(() => new OrderFolder(folder.File("none")).Terms());
        Assert.Contains("where every node sees it", fault.Message, StringComparison.Ordinal);
    }

    private static object Comparable(PlannedCell cell) =>
        (cell.Id, cell.Label, cell.Arm, cell.Config, cell.Datasets with { EvaluationRows = [] }, cell.Script);

    private static TaskTerms Terms() =>
        new()
        {
            Key = "key",
            Sweep = "s",
            Runs = "/runs",
            Threads = 1,
            Device = "cpu",
            AtOnce = 1,
            Tasks = [],
            Host = "",
            Submitted = "",
            Partition = "",
        };
}
