using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Estimating;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>A plan with what it takes, and with what exists of it.</summary>
internal static class PlanView
{
    private static readonly string[] Columns =
    [
        "#",
        "cell",
        "id",
        "pair",
        "steps",
        "tokens",
        "params",
        "trained",
        "FLOPs",
        "memory",
        "time left",
        "state",
    ];

    public static string ForPeople(SweepPlan plan, RunsFolder runs, SweepEstimate estimate, CellEnds ends)
    {
        if (plan.Search is { } search)
            return SearchView.Plan(plan, search, runs);
        var numbers = plan.Cells.Index().ToDictionary(pair => pair.Item.Id, pair => Number(pair.Index + 1));
        var shared = OtherSweeps.Read(runs, plan.Name);
        var rows = plan.Cells.Select(cell =>
        {
            var takes = estimate.Cells[cell.Id];
            var others = shared.With(cell.Id);
            var also = others.Count == 0 ? "" : $", also of {string.Join(", ", others)}";
            return new[]
            {
                numbers[cell.Id],
                cell.Label,
                cell.Id,
                cell.Baseline.Length == 0 ? "-" : numbers[cell.Baseline],
                Number(cell.Config.Steps),
                Number(cell.Tokens),
                CountText.Of(takes.Size.Parameters),
                CountText.Of(takes.Size.Trained),
                CountText.Of(takes.Size.Operations),
                MemoryText.Of(takes.MemoryBytes),
                Time(takes),
                StatusView.State(takes.Report) + also,
            };
        });
        return TableText.Render(new Table(plan.Name, Columns, [.. rows], [.. Notes(plan, runs, estimate, ends)]), 0);
    }

    public static object ForJson(SweepPlan plan, RunsFolder runs, SweepEstimate estimate)
    {
        var shared = OtherSweeps.Read(runs, plan.Name);
        return new
        {
            plan.Name,
            plan.Tokens,
            WallSeconds = plan.Wall?.TotalSeconds,
            estimate.Jobs,
            estimate.Threads,
            // A search's cells are not known beforehand.
            SecondsLeft = plan.Search is null ? estimate.SecondsLeft : (double?)null,
            Operations = plan.Search is null ? estimate.Cells.Values.Sum(cell => cell.Size.Operations) : (double?)null,
            DiskBytes = plan.Search is null ? estimate.Cells.Values.Sum(cell => cell.DiskBytesToCome) : (long?)null,
            DiskBytesUsed = estimate.Cells.Values.Sum(cell => cell.DiskBytesUsed),
            plan.Notes,
            Search = plan.Search is { } search ? SearchView.ForJson(search, runs) : null,
            Cells = plan.Cells.Select(cell => ForJson(cell, estimate.Cells[cell.Id], shared)),
        };
    }

    private static object ForJson(PlannedCell cell, CellEstimate takes, OtherSweeps shared) =>
        new
        {
            cell.Id,
            cell.Label,
            cell.Arm,
            cell.Config.Seed,
            cell.Baseline,
            cell.Config.Steps,
            cell.Tokens,
            TrainData = cell.Datasets.Hashes.Train,
            EvaluationData = cell.Datasets.Hashes.Evaluation,
            takes.Size.Parameters,
            TrainedParameters = takes.Size.Trained,
            takes.Size.Operations,
            takes.MemoryBytes,
            takes.DiskBytes,
            takes.SecondsLeft,
            TimeSource = takes.Source,
            SharedWith = shared.With(cell.Id),
            takes.Report,
        };

    private static IEnumerable<string> Notes(SweepPlan plan, RunsFolder runs, SweepEstimate estimate, CellEnds ends)
    {
        var left = plan
            .Cells.Where(cell => estimate.Cells[cell.Id].Report.State != CellState.Finished)
            .Sum(cell => (cell.Config.Steps - estimate.Cells[cell.Id].Report.Step) * cell.Config.TokensPerStep);
        yield return $"{plan.Cells.Count} cells, {Number(plan.Tokens)} tokens; {Number(left)} are left to train in {runs.Root}.";
        if (PlanTimeText.Of(estimate) is { } time)
            yield return time;
        var (used, more) = (
            estimate.Cells.Values.Sum(cell => cell.DiskBytesUsed),
            estimate.Cells.Values.Sum(cell => cell.DiskBytesToCome)
        );
        yield return $"Disk: {ByteText.Of(used)} used by these cells, about {ByteText.Of(more)} to come; 'pair' is the cell that one is compared with.";
        if (plan.Wall is { } wall)
            yield return $"No further cell starts once a run has taken {wall}.";
        foreach (var note in plan.Notes)
            yield return note;
        if (SharedWarmStarts.Of(plan, runs, ends).Note is { } shared)
            yield return shared;
        foreach (var change in AtOnce.Select(plan.Cells, cell => EvaluationChange.Of(cell, runs.Cell(cell.Id), ends)))
            if (change is not null)
                yield return change;
    }

    private static string Time(CellEstimate takes) =>
        takes.SecondsLeft switch
        {
            0 => "-",
            double.NaN => "?",
            var seconds => (takes.Source == TimeSource.Scaled ? "~" : "") + RunText.Duration(seconds),
        };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
