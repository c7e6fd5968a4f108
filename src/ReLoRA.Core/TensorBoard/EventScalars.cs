using ReLoRA.Core.Dynamics;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.TensorBoard;

/// <summary>The points that a record of the log makes: docs/export.md names the curves.</summary>
internal static class EventScalars
{
    public static IEnumerable<EventScalar> Of(LogRecord record) =>
        record switch
        {
            StepRecord step => Of(step),
            EvalRecord eval => Of(eval),
            PairsRecord pairs => Of(pairs),
            TaskRecord task => Of(task),
            ProbeRecord probe => Of(probe),
            ResetRecord reset => Of(reset),
            _ => [],
        };

    private static IEnumerable<EventScalar> Of(StepRecord step)
    {
        yield return new("train/loss", step.Step, step.Loss);
        yield return new("train/learning_rate", step.Step, step.LearningRate);
        yield return new("train/gradient_norm", step.Step, step.GradientNorm);
    }

    private static IEnumerable<EventScalar> Of(EvalRecord eval)
    {
        var curve = $"{Group("eval", eval.Moment)}/{eval.Name}";
        yield return new($"{curve}/loss", eval.Step, eval.Loss);
        yield return new($"{curve}/perplexity", eval.Step, eval.Perplexity);
        yield return new($"{curve}/macro_loss", eval.Step, eval.MacroLoss);
        foreach (var domain in eval.Domains)
            yield return new($"{curve}/loss/{domain.Name}", eval.Step, domain.Loss);
    }

    private static IEnumerable<EventScalar> Of(PairsRecord pairs)
    {
        var curve = $"{Group("pairs", pairs.Moment)}/{pairs.Name}";
        yield return new($"{curve}/accuracy", pairs.Step, pairs.Accuracy);
        foreach (var one in pairs.Phenomena)
            yield return new($"{curve}/accuracy/{one.Name}", pairs.Step, (double)one.Correct / one.Pairs);
    }

    /// <summary>Of the whole only: a task may have hundreds of groups.</summary>
    private static IEnumerable<EventScalar> Of(TaskRecord task) =>
        task
            .Figures.Where(figure => figure.Name.Length == 0)
            .Select(figure => new EventScalar(
                $"{Group("task", task.Moment)}/{task.Name}/{task.Data}/{figure.Metric}",
                task.Step,
                figure.Value
            ));

    /// <summary>The mean over the layers that have a figure.</summary>
    private static IEnumerable<EventScalar> Of(ProbeRecord probe)
    {
        var figures = probe.Values.Select(value => value.Value).Where(double.IsFinite).ToList();
        if (figures.Count > 0)
            yield return new($"{Group("probe", probe.Moment)}/{probe.Name}", probe.Step, figures.Average());
    }

    private static IEnumerable<EventScalar> Of(ResetRecord reset)
    {
        yield return new("reset/jump", reset.Step, reset.Jump);
        yield return new("reset/noise", reset.Step, reset.Noise);
        yield return new("reset/lost", reset.Step, reset.Lost);
        yield return new("reset/merge_error", reset.Step, reset.MergeError);
        yield return new("reset/update_norm", reset.Step, reset.UpdateNorm);
        yield return new("reset/state_cleared", reset.Step, reset.StateCleared);
        yield return new("reset/gradient_a", reset.Step, reset.GradientA);
        yield return new("reset/gradient_b", reset.Step, reset.GradientB);
        yield return new("reset/adapter_rank", reset.Step, reset.AdapterRank);
    }

    // What is measured beside a reset has a second value at the same step: a curve of its own.
    private static string Group(string name, string? moment) =>
        moment is null or ProbeMoments.Step ? name : $"{name}_{moment}";
}
