using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Searching;

/// <summary>
/// A search, from its start: decides what is trained next from what came of what it decided before, and from nothing else. So it can
/// be gone through again from the logs, and a search that was killed goes on with the trials that it would have made.
/// </summary>
/// <param name="space">What is open.</param>
/// <param name="sampler">Proposes trials.</param>
/// <param name="rules">Numbers of trials and tokens.</param>
internal sealed class SearchProgress(SearchSpace space, ISampler sampler, SearchRules rules)
{
    private readonly RandomSampler random = new(rules.Seed);
    private readonly List<SearchTrial> trials = [];
    private readonly HashSet<RunConfig> tried = [];
    private long draws;

    /// <summary>The trials so far, in their order.</summary>
    public IReadOnlyList<SearchTrial> Trials => trials;

    /// <summary>Tokens of all that was decided on so far, whether or not a trial came to its rung.</summary>
    public long Tokens { get; private set; }

    /// <summary>Why no further trial is drawn; null while one may be.</summary>
    public string? Drawn { get; private set; }

    /// <summary>
    /// The next generation; empty at the end. Its jobs are decided on together, so that they may be trained at once; all of them are to be
    /// reported before the next.
    /// </summary>
    public IReadOnlyList<SearchJob> Next()
    {
        var jobs = new List<SearchJob>();
        while (jobs.Count < rules.Generation && (Promotion() ?? Draw() ?? LastPromotion(jobs)) is { } job)
            jobs.Add(job);
        return jobs;
    }

    /// <summary>What came of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="score">The figure, lower is better; infinite where the trial diverged or failed.</param>
    public static void Report(SearchJob job, double score) => job.Trial.Report(score);

    /// <summary>From above, as published: what is nearest to the end goes first.</summary>
    private SearchJob? Promotion()
    {
        for (var rung = rules.Rungs.Top - 1; rung >= 0 && Drawn is null; rung--)
            if (Promoted(rung, least: 0) is { } job)
                return job;
        return null;
    }

    /// <summary>
    /// Once all are drawn a rung's count is final when those below are done. One goes on from each at least, so that the search ends
    /// with a trial of full length.
    /// </summary>
    private SearchJob? LastPromotion(List<SearchJob> pending)
    {
        for (var rung = 0; rung < rules.Rungs.Top; rung++)
        {
            if (pending.Any(job => job.Rung <= rung))
                return null;
            if (Promoted(rung, least: 1) is { } job)
                return job;
        }
        return null;
    }

    private SearchJob? Promoted(int rung, int least)
    {
        var scored = trials.Where(trial => trial.Scores.Count > rung).ToList();
        var best = scored
            .OrderBy(trial => trial.Scores[rung])
            .Take(Math.Max(least, scored.Count / rules.Rungs.Eta))
            .FirstOrDefault(trial => trial.SentTo == rung && double.IsFinite(trial.Scores[rung]));
        return best is not null && Pays(rung, rung + 1) ? Send(best, rung, rung + 1) : null;
    }

    private SearchJob? Draw()
    {
        if (Drawn is not null)
            return null;
        Drawn =
            trials.Count >= rules.Trials ? "all trials are drawn"
            : !Pays(-1, 0) ? "the budget is spent"
            : null;
        if (Drawn is not null)
            return null;
        if (NewPoint() is not { } point)
        {
            Drawn = "no combination is left that was not tried";
            return null;
        }
        var trial = new SearchTrial(trials.Count + 1, point);
        trials.Add(trial);
        return Send(trial, -1, 0);
    }

    private SearchPoint? NewPoint()
    {
        var scored = trials.Where(trial => trial.Scores.Count > 0).Select(Scored).ToList();
        for (var attempt = 0; attempt < SearchRules.MostDraws; attempt++)
        {
            // A sampler that insists on what was tried, or on what a condition leaves out, is not asked for ever.
            var asked = attempt < SearchRules.MostDraws / 2 ? sampler : random;
            var point = space.Walk(asked.Begin(draws++, scored));
            if (point is not null && tried.Add(ConfigNormalizer.Normalize(point.Config)))
                return point;
        }
        return null;
    }

    private Trial Scored(SearchTrial trial) =>
        new(trial.Point.Values, rules.Rungs.Steps[trial.Scores.Count - 1], trial.Scores[^1]);

    private SearchJob Send(SearchTrial trial, int from, int to)
    {
        trial.SentTo = to;
        Tokens += rules.Rungs.Tokens(from, to);
        return new SearchJob(trial, to);
    }

    /// <summary>Whether the budget allows it, and then still that the furthest trial is trained to its end.</summary>
    private bool Pays(int from, int to)
    {
        var furthest = trials.Select(trial => trial.SentTo).Append(to).Max();
        return Tokens + rules.Rungs.Tokens(from, to) + rules.Rungs.Tokens(furthest, rules.Rungs.Top) <= rules.Budget;
    }
}
