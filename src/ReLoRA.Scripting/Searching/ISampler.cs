namespace ReLoRA.Scripting.Searching;

/// <summary>Proposes what to try next. A pure function of its settings, the number of the draw and the trials so far.</summary>
internal interface ISampler
{
    /// <summary>Begins a draw.</summary>
    /// <param name="draw">Its number from 0; draws that came to nothing are counted too.</param>
    /// <param name="trials">The trials with a score, in their order.</param>
    /// <returns>Gives the value of a dimension; asked once for each that the trial has.</returns>
    Func<SearchDimension, double> Begin(long draw, IReadOnlyList<Trial> trials);
}
