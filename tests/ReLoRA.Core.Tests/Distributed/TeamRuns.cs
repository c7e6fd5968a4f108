using ReLoRA.Core.Distributed;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Tests.Distributed;

/// <summary>Cells that several processes train, each a thread here.</summary>
internal static class TeamRuns
{
    public static RunOutcome[] Work(CellFolder cell, int ranks, Func<int, StopSignal>? stop = null) =>
        ThreadMeeting.Run(
            ranks,
            collective =>
                CellWorker.Work(
                    cell,
                    stop?.Invoke(collective.Rank) ?? new StopSignal(),
                    TimeProvider.System,
                    figures: null,
                    new RankTeam { Collective = collective }
                )
        );
}
