namespace ReLoRA.Scripting.Estimating;

/// <summary>What a sweep takes.</summary>
/// <param name="Cells">What each cell takes, by id.</param>
/// <param name="Jobs">Cells trained at once.</param>
/// <param name="Threads">Threads of each.</param>
public sealed record SweepEstimate(IReadOnlyDictionary<string, CellEstimate> Cells, int Jobs, int Threads)
{
    /// <summary>Time until all cells are finished, each started as soon as a place is free; NaN where that of a cell is not known.</summary>
    public double SecondsLeft
    {
        get
        {
            var places = new double[Jobs];
            foreach (var cell in Cells.Values)
                places[Array.IndexOf(places, places.Min())] += cell.SecondsLeft;
            return places.Any(double.IsNaN) ? double.NaN : places.Max();
        }
    }
}
