namespace ReLoRA.Scripting.Searching;

/// <summary>Where values of one dimension lie.</summary>
internal interface IDensity
{
    /// <summary>Draws a value.</summary>
    double Draw(SearchRandom random);

    /// <summary>The logarithm of the density at a value.</summary>
    double Log(double value);
}
