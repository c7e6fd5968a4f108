using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

/// <summary>A planned sweep of two seeds at full rank and a folder to run it in.</summary>
internal sealed class RunFixture : IDisposable
{
    private readonly ScriptFolder folder = new();
    private readonly StringWriter lines = new();

    public RunsFolder Runs => new(folder.File("runs"));

    public StopRequest Stop { get; } = new();

    /// <summary>What a user reads, without this folder's path.</summary>
    public string Lines => folder.Tidy(lines.ToString());

    public string Tidy(string text) => folder.Tidy(text);

    public Task<SweepPlan> PlanAsync(string calls = ".Seeds(count: 2)") =>
        folder.PlanAsync($"Sweep(\"s\", Presets.Nano){calls};");

    public Task<SweepResult> RunAsync(SweepPlan plan, IWorkerLauncher launcher, RunOptions? options = null) =>
        new SweepRunner(Runs, launcher, new LineObserver(lines), TimeProvider.System).RunAsync(
            plan,
            new Dictionary<string, string> { ["script"] = "sweep.csx", ["script_path"] = "/scripts/sweep.csx" },
            options ?? new RunOptions { Jobs = 1, Threads = 1 },
            Stop
        );

    public CellFolder Cell(SweepPlan plan, int index) => Runs.Cell(plan.Cells[index].Id);

    public void Dispose()
    {
        Stop.Dispose();
        lines.Dispose();
        folder.Dispose();
    }
}
