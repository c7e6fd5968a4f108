using System.Globalization;
using ReLoRA.Core.Evaluation.Scoring;

namespace ReLoRA.Cli.Commands;

/// <summary>How far an evaluation is, by the tokens of its items: the short ones come first.</summary>
internal sealed class EvalProgress(string name, IReadOnlyList<ScoredItem> items, ProgressLine line, TimeProvider clock)
    : IDisposable
{
    private readonly long all = items.Sum(Tokens);
    private long done;
    private long known;
    private int count;
    private long start;

    /// <summary>Starts the clock.</summary>
    /// <param name="scores">What earlier sittings scored.</param>
    public void Begin(IReadOnlyList<ItemScore> scores)
    {
        done = known = scores.Sum(score => Tokens(items[score.Item]));
        count = scores.Count;
        start = clock.GetTimestamp();
        if (count > 0)
            Tell(Invariant($"{name}: going on after {count:N0} of {items.Count:N0} items"));
    }

    public void Add(ItemScore score)
    {
        done += Tokens(items[score.Item]);
        count++;
        line.Show(_ => Text());
    }

    public void Tell(string message) => line.Tell(message);

    public void Dispose() => line.Dispose();

    private static long Tokens(ScoredItem item) => item.Alternatives.Sum(sequence => (long)sequence.Tokens.Count);

    private string Text()
    {
        var elapsed = clock.GetElapsedTime(start);
        var left = elapsed * ((double)(all - done) / Math.Max(1, done - known));
        return Invariant(
            $"{name}: {count:N0} of {items.Count:N0} items, {(double)done / all:P0} of the tokens, {left:hh\\:mm\\:ss} left"
        );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
