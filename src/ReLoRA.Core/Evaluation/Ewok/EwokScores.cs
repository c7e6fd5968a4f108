namespace ReLoRA.Core.Evaluation.Ewok;

/// <summary>The scores of an item's targets, each given one of its contexts.</summary>
/// <param name="First">The first target, after its own context.</param>
/// <param name="FirstElsewhere">The first target, after the other context.</param>
/// <param name="Second">The second target, after its own context.</param>
/// <param name="SecondElsewhere">The second target, after the other context.</param>
internal readonly record struct EwokScores(double First, double FirstElsewhere, double Second, double SecondElsewhere)
{
    /// <summary>For each target: is it likelier after its own context than after the other?</summary>
    public (double Own, double Other)[] ByContext => [(First, FirstElsewhere), (Second, SecondElsewhere)];

    /// <summary>For each context: is its own target likelier after it than the other?</summary>
    public (double Own, double Other)[] ByTarget => [(First, SecondElsewhere), (Second, FirstElsewhere)];
}
