using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation.Scoring;

public sealed class ScoreJournalTests : IDisposable
{
    private static readonly IReadOnlyList<ScoredItem> Items =
    [
        new([new([1, 2, 3]), new([1, 2])]),
        new([new([4, 5])]),
        new([new([6, 7]), new([6, 8])]),
    ];

    private static readonly IReadOnlyList<ItemScore> Scores =
    [
        new(2, [new(-1.5, 1, true), new(double.NaN, 1, false)]),
        new(0, [new(-1.0 / 3, 2, false), new(double.NegativeInfinity, 1, true)]),
        new(1, [new(-7, 1, true)]),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scores_are_known_when_it_is_opened_again()
    {
        Write();

        using var journal = ScoreJournal.Open(Path, Items);

        Same(Scores, journal.Known);
        journal.Delete();
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_torn_tail_costs_the_last_score_and_the_rest_is_appended_to()
    {
        Write();
        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            int known;
            using (var journal = ScoreJournal.Open(Path, Items))
            {
                known = journal.Known.Count;
                Same(Scores.Take(known), journal.Known);
                foreach (var score in Scores.Skip(known))
                    journal.Append(score);
            }
            Assert.InRange(known, 0, Scores.Count - 1);
            Assert.Equal(whole, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void Nothing_from_a_changed_byte_on_is_believed()
    {
        Write();
        var whole = File.ReadAllBytes(Path);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x10;
            File.WriteAllBytes(Path, changed);
            using var journal = ScoreJournal.Open(Path, Items);
            Assert.True(journal.Known.Count < Scores.Count);
            Same(Scores.Take(journal.Known.Count), journal.Known);
        }
    }

    [Fact]
    public void Two_cannot_have_it_open()
    {
        using var journal = ScoreJournal.Open(Path, Items);
        Assert.ThrowsAny<IOException>(() => ScoreJournal.Open(Path, Items));
    }

    private string Path => folder.File("eval", "some.scores");

    private void Write()
    {
        using var journal = ScoreJournal.Open(Path, Items);
        foreach (var score in Scores)
            journal.Append(score);
    }

    private static void Same(IEnumerable<ItemScore> expected, IReadOnlyList<ItemScore> found)
    {
        Assert.Equal(expected.Select(score => score.Item), found.Select(score => score.Item));
        foreach (var (one, other) in expected.Zip(found))
            Assert.Equal(one.Alternatives, other.Alternatives);
    }
}
