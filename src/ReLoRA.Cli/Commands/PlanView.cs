using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>A plan with what exists of it.</summary>
internal static class PlanView
{
    public static string ForPeople(SweepPlan plan, RunsFolder runs)
    {
        if (plan.Search is { } search)
            return SearchView.Plan(plan, search, runs);
        var labels = plan.Cells.ToDictionary(cell => cell.Id, cell => cell.Label);
        var states = plan.Cells.ToDictionary(cell => cell.Id, cell => CellReport.Read(runs.Cell(cell.Id)));
        var left = plan
            .Cells.Where(cell => states[cell.Id].State != CellState.Finished)
            .Sum(cell => (cell.Config.Steps - states[cell.Id].Step) * cell.Config.TokensPerStep);
        var rows = plan.Cells.Select(cell =>
            new[]
            {
                cell.Label,
                cell.Id,
                cell.Baseline.Length == 0 ? "-" : labels[cell.Baseline],
                Number(cell.Config.Steps),
                Number(cell.Tokens),
                StatusView.State(states[cell.Id]),
            }
        );
        var notes = new List<string>
        {
            $"{plan.Cells.Count} cells, {Number(plan.Tokens)} tokens; {Number(left)} are left to train in {runs.Root}.",
        };
        if (plan.Wall is { } wall)
            notes.Add($"No further cell starts once a run has taken {wall}.");
        notes.AddRange(plan.Notes);
        notes.AddRange(plan.Cells.Select(cell => EvaluationChange.Of(cell, runs.Cell(cell.Id))).OfType<string>());
        string[] columns = ["cell", "id", "baseline", "steps", "tokens", "state"];
        return TableText.Render(new Table(plan.Name, columns, [.. rows], [.. notes]), 0);
    }

    public static object ForJson(SweepPlan plan, RunsFolder runs) =>
        new
        {
            plan.Name,
            plan.Tokens,
            WallSeconds = plan.Wall?.TotalSeconds,
            plan.Notes,
            Search = plan.Search is { } search ? SearchView.ForJson(search, runs) : null,
            Cells = plan.Cells.Select(cell => new
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
                Report = CellReport.Read(runs.Cell(cell.Id)),
            }),
        };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
