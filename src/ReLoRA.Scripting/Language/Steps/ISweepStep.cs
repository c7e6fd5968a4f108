namespace ReLoRA.Scripting.Language.Steps;

/// <summary>One call of a sweep's declaration that makes, changes or leaves out cells. They act in the order in which they stand in the script.</summary>
internal interface ISweepStep
{
    /// <summary>The knobs that it sets, for messages and labels.</summary>
    IEnumerable<Axis> Axes { get; }

    /// <summary>What becomes of a cell.</summary>
    /// <exception cref="Core.UserFaultException">A lambda of the script threw.</exception>
    IEnumerable<SweepCell> Apply(SweepCell cell);
}
