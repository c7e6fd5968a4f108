using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;

namespace ReLoRA.Scripting.Searching;

/// <summary>The figure by which trials are compared: one of those that evaluation leaves in a cell's log.</summary>
/// <param name="Name">Its name: <c>eval/loss</c>, <c>eval/macro_loss</c>, <c>pairs/accuracy</c> or <c>task/NAME/METRIC</c>.</param>
/// <param name="IsMaximized">Whether more is better.</param>
internal sealed record Objective(string Name, bool IsMaximized)
{
    public const string HeldOutLoss = "eval/loss";

    private const string MacroLoss = "eval/macro_loss";
    private const string Pairs = "pairs/accuracy";
    private const string Task = "task";
    private const string Overall = "overall";

    /// <summary>Why trials of a configuration would not have the figure; null where they have it.</summary>
    public string? Fault(RunConfig config) =>
        Name switch
        {
            HeldOutLoss or MacroLoss => null,
            Pairs => config.Evaluation.Pairs.Length > 0
                ? null
                : "no pairs are evaluated. Name them by .Evaluate(pairs:)",
            _ when Parts() is [Task, var task, _] => config.Evaluation.Tasks.Any(one => one.Evaluator == task)
                ? null
                : $"there is no task '{task}'. Add it by .Evaluate(tasks:)",
            _ => $"there is no such figure. Allowed: {HeldOutLoss}, {MacroLoss}, {Pairs}, {Task}/NAME/METRIC",
        };

    /// <summary>The figure at a step, such that lower is better and worst is infinite; null where it is not in the log.</summary>
    public double? At(RunLog log, long step)
    {
        var figure = Name switch
        {
            HeldOutLoss => Evaluated(log, step)?.Loss,
            MacroLoss => Evaluated(log, step)?.MacroLoss,
            Pairs => log.Records<PairsRecord>().LastOrDefault(one => one.Step == step && one.Moment is null)?.Accuracy,
            _ => OfTask(log, step),
        };
        return figure is { } value ? Score(value) : null;
    }

    /// <summary>The figure as it stands in the log, of a score.</summary>
    public double Figure(double score) => IsMaximized ? -score : score;

    private double Score(double figure) =>
        !double.IsFinite(figure) ? double.PositiveInfinity
        : IsMaximized ? -figure
        : figure;

    private static EvalRecord? Evaluated(RunLog log, long step) =>
        log.Records<EvalRecord>().LastOrDefault(one => one.Step == step && one.Moment is null);

    private double? OfTask(RunLog log, long step)
    {
        var parts = Parts();
        return log.Records<TaskRecord>()
            .LastOrDefault(one => one.Step == step && one.Name == parts[1] && one.Moment == "step")
            ?.Figures.FirstOrDefault(figure => figure.Group == Overall && figure.Metric == parts[2])
            ?.Value;
    }

    private string[] Parts() => Name.Split('/');
}
