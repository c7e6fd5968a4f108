using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Distributed;

/// <summary>What no loss would show: one process draws its new adapters from another seed.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class DriftTests : IDisposable
{
    private const long OtherSeed = 99;

    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.Exact);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_reset_that_draws_from_another_seed_in_one_process_ends_the_run_at_once_and_names_the_module()
    {
        var cell = SmallRuns.Cell(folder, Config);
        var messages = ThreadMeeting.Run(2, collective => Run(cell, collective));
        Assert.Equal(messages[0], messages[1]);
        Assert.StartsWith(
            "At the reset after step 8: layers.0.attention.q_proj.A_lora.weight of process 1 is not that of process 0.",
            messages[0],
            StringComparison.Ordinal
        );
        // Nothing of it was saved.
        Assert.Empty(new CheckpointStore(cell.CheckpointsPath).Steps);
    }

    private static string Run(CellFolder cell, ICollective collective)
    {
        using var inputs = CellInputs.Read(cell);
        inputs.Join(new RankTeam { Collective = collective });
        using var parts = new RunParts(inputs, collective.Rank == 1 ? DrawingOtherwise : steps => steps, null);
        using var log = TrainingLog.Silent(inputs.Config);
        var share = new WorkerShare(collective.Rank, collective.Size);
        using var batches = new BatchStream(
            TrainingRows.Reader(inputs.Config, inputs.Corpora, share),
            SampleCursor.Start
        );
        var store = new CheckpointStore(cell.CheckpointsPath);
        var trainer = new Trainer(cell.Id, parts, log, store, TimeProvider.System);
        return Assert
            .Throws<RanksDifferException>(() => trainer.Run(TrainingState.Start, batches, new StopSignal(), _ => { }))
            .Message;
    }

    private static ResetSteps DrawingOtherwise(ResetSteps steps) =>
        steps with
        {
            Restart = (linear, turn) => AdapterDraw.Restart(linear, OtherSeed, turn.Number, turn.NewRank),
        };
}
