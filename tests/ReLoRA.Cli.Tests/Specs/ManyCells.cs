using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scale;
using ReLoRA.Scripting.Planning;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>A folder of a thousand cells with logs of twenty thousand steps.</summary>
public sealed class ManyCells : IAsyncLifetime
{
    internal const int Count = 1000;

    internal static readonly string Script = Repository.PathOf("tools/scale/many.csx");

    internal static readonly string[] Arguments = [Count.ToString(CultureInfo.InvariantCulture), "20000"];

    internal TemporaryFolder Folder { get; } = new();

    internal RunsFolder Runs => new(Folder.File("runs"));

    public async ValueTask InitializeAsync()
    {
        using var planned = await PlannedScript.LoadAsync(Script, Arguments);
        var plan = Assert.Single(planned.Plans);
        Assert.Equal(Count, plan.Cells.Count);
        new SimulatedRuns(Runs, whole: false).Write(plan);
        Assert.True(Runs.Cells().Average(cell => new FileInfo(cell.LogPath).Length) > 2_000_000);
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
