namespace ReLoRA.Data.Sampling;

/// <summary>In which order the rows of a dataset come, in each pass over it. Any place is found at once, from any thread.</summary>
public interface IRowOrder
{
    /// <summary>The row at a position.</summary>
    /// <param name="epoch">The pass, from 0.</param>
    /// <param name="position">The position in it, from 0, below the number of rows.</param>
    long RowAt(long epoch, long position);
}
