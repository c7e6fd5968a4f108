using ReLoRA.Core.Accounting;
using ReLoRA.Core.Benchmarks;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Estimating;

/// <summary>Says beforehand what a sweep takes of operations, memory, disk and time.</summary>
/// <param name="runs">The folder of runs: finished cells tell how long others of their shape take.</param>
/// <param name="calibration">Times the shapes that none is finished of; null times none.</param>
/// <param name="seen">What was seen of logs already. Default: nothing.</param>
public sealed class SweepEstimator(RunsFolder runs, Calibration? calibration, CellEnds? seen = null)
{
    private readonly CellEnds ends = seen ?? new CellEnds();
    private readonly CellShapes shapes = new();
    private readonly CellSizes sizes = new();
    private readonly Dictionary<CellShape, (RunSize Size, StepTimes Times)> timed = [];
    private PastSpeeds? past;

    /// <summary>Estimates a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is to be run.</param>
    public async Task<SweepEstimate> EstimateAsync(SweepPlan plan, RunOptions options)
    {
        past ??= PastSpeeds.Read(runs, ends, shapes);
        var (jobs, threads) = options.Resolve(plan.Cells.Count, Environment.ProcessorCount);
        var request = ExecutionRequest.Of(options, jobs, threads);
        var reports = plan
            .Cells.Zip(AtOnce.Select(plan.Cells, cell => Report(runs.Cell(cell.Id))))
            .ToDictionary(pair => pair.First.Id, pair => pair.Second);
        var used = plan
            .Cells.Zip(AtOnce.Select(plan.Cells, cell => FolderSize.Of(runs.Cell(cell.Id).Path)))
            .ToDictionary(pair => pair.First.Id, pair => pair.Second);
        var executions = AtOnce.Select(plan.Cells, cell => ExecutionChoice.For(cell, runs.Cell(cell.Id), request));
        var cells = plan.Cells.Zip(executions, Known).ToList();
        var available = new Lazy<long>(() => MachineMemory.Available(options.Device));
        var untimed = cells
            .Where(cell =>
                reports[cell.Cell.Id].State != CellState.Finished
                && past!.SecondsPerToken(cell.Shape) is null
                && !timed.ContainsKey(cell.Shape)
                // A plan is to cost a moment, and nothing else on the machine its memory.
                && cell.Memory * jobs <= available.Value
            )
            .GroupBy(cell => cell.Shape)
            // What most of the time goes to is timed first.
            .OrderByDescending(shape => shape.Sum(cell => cell.Size.Operations))
            .Select(shape => shape.First())
            .ToList();
        var times = calibration is null
            ? []
            : await calibration
                .MeasureAsync(
                    [.. untimed.Select(cell => CalibrationRequest.Of(cell.Cell.Config, cell.Execution))],
                    jobs,
                    Calibration.Limit
                )
                .ConfigureAwait(false);
        foreach (var (cell, found) in untimed.Zip(times))
            timed[cell.Shape] = (cell.Size, found);
        return new SweepEstimate(
            cells.ToDictionary(cell => cell.Cell.Id, cell => Estimate(cell, reports[cell.Cell.Id], used[cell.Cell.Id])),
            jobs,
            threads
        );
    }

    private CellReport Report(CellFolder folder) => CellReport.Read(folder, ends.Of(folder));

    private KnownCell Known(PlannedCell cell, ExecutionSettings execution)
    {
        var (shape, size) = (shapes.Of(cell.Config, execution), sizes.Of(cell.Config));
        return new KnownCell(cell, execution, shape, size, sizes.Memory(cell.Config, execution));
    }

    private CellEstimate Estimate(KnownCell cell, CellReport report, long used)
    {
        var steps = report.State == CellState.Finished ? 0 : cell.Cell.Config.Steps - report.Step;
        var (seconds, source) = Seconds(cell, steps);
        return new CellEstimate(
            cell.Size,
            cell.Memory,
            report,
            used,
            DiskLoad.Bytes(cell.Cell.Config, cell.Size),
            seconds,
            source
        );
    }

    private (double Seconds, TimeSource Source) Seconds(KnownCell cell, long steps)
    {
        if (steps == 0)
            return (0, TimeSource.Finished);
        var tokens = (double)steps * cell.Cell.Config.TokensPerStep;
        if (past!.SecondsPerToken(cell.Shape) is { } known)
            return (known * tokens, TimeSource.Finished);
        if (timed.Count == 0)
            return (double.NaN, TimeSource.None);
        var (like, source) = timed.TryGetValue(cell.Shape, out var own)
            ? (own, TimeSource.Calibrated)
            : (
                timed.Values.MinBy(one => Math.Abs(Math.Log(one.Size.Cost.Training / cell.Size.Cost.Training))),
                TimeSource.Scaled
            );
        var perOperation = like.Times.SecondsPerToken / like.Size.Cost.Training;
        var evaluated = EvaluationLoad.Tokens(cell.Cell) * steps / cell.Cell.Config.Steps;
        var operations = (tokens * cell.Size.Cost.Training) + (evaluated * cell.Size.Cost.Forward);
        var updates = steps * like.Times.SecondsPerUpdate * cell.Size.Trained / like.Size.Trained;
        return ((perOperation * operations) + updates, source);
    }
}
