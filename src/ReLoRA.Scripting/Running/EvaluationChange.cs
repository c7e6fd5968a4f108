using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// Tells where a cell that was begun before was evaluated otherwise than its plan asks now. Evaluation is no part of a cell's
/// identity, so such a cell is kept; its figures must not be taken for those of the new settings.
/// </summary>
public static class EvaluationChange
{
    /// <summary>The difference in one sentence; null where there is none, or nothing was trained yet.</summary>
    /// <param name="cell">The cell as planned now.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="seen">What was seen of logs already. Default: nothing.</param>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    public static string? Of(PlannedCell cell, CellFolder folder, CellEnds? seen = null)
    {
        var ends = seen ?? new CellEnds();
        if (ends.Of(folder) is not { Run: { } run } log)
            return null;
        var changes = Read(cell, run, ends);
        if (changes.Count == 0)
            return null;
        var consequence = log.End is not null
            ? "it is finished and keeps its evaluations"
            : "it was begun with them and is evaluated anew only from here on";
        return $"{cell.Label} ({cell.Id}) was evaluated otherwise: {string.Join(", ", changes)}; {consequence}. "
            + $"To evaluate it from its start on, train a new copy: --fresh --only {cell.Id}";
    }

    private static List<string> Read(PlannedCell cell, RunRecord run, CellEnds ends)
    {
        try
        {
            return [.. Changes(cell, run, ends.Config(run.Config))];
        }
        catch (FormatException e)
        {
            return [$"settings that this version cannot read ({e.Message})"];
        }
    }

    private static IEnumerable<string> Changes(PlannedCell cell, RunRecord run, RunConfig trained)
    {
        if (run.EvaluationData != cell.Datasets.Hashes.Evaluation)
            yield return "other data";
        var (before, now) = (trained.Evaluation, cell.Config.Evaluation);
        if (before.Pairs != now.Pairs)
            yield return $"Evaluation.Pairs was '{before.Pairs}', is '{now.Pairs}'";
        if (before.Every != now.Every)
            yield return FormattableString.Invariant($"Evaluation.Every was {before.Every}, is {now.Every}");
        if (before.MaxRows != now.MaxRows)
            yield return FormattableString.Invariant($"Evaluation.MaxRows was {before.MaxRows}, is {now.MaxRows}");
        if (before.AroundResets != now.AroundResets)
            yield return $"Evaluation.AroundResets was {before.AroundResets}, is {now.AroundResets}";
        if (!before.Tasks.Equals(now.Tasks))
            yield return $"Evaluation.Tasks was {before.Tasks}, is {now.Tasks}";
        if (!trained.Probes.Equals(cell.Config.Probes))
            yield return $"its probes were {Names(trained)}, are {Names(cell.Config)}";
    }

    private static string Names(RunConfig config) =>
        config.Probes.Count == 0 ? "none" : string.Join(" and ", config.Probes.Select(ProbeText.Of));
}
