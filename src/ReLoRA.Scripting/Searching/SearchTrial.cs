namespace ReLoRA.Scripting.Searching;

/// <summary>One trial and what is known of it.</summary>
/// <param name="number">Its number from 1.</param>
/// <param name="point">What it tries.</param>
internal sealed class SearchTrial(int number, SearchPoint point)
{
    private readonly List<double> scores = [];

    public int Number => number;

    public SearchPoint Point => point;

    /// <summary>Its score at each rung that it has come to, lower is better.</summary>
    public IReadOnlyList<double> Scores => scores;

    /// <summary>The rung that it was sent to, whether or not it has come there.</summary>
    public int SentTo { get; set; }

    public void Report(double score) => scores.Add(score);
}
