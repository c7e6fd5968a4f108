namespace ReLoRA.Core.Configuration;

/// <summary>In which order the rows of a corpus are trained on.</summary>
public enum DataOrder
{
    /// <summary>A permutation of all rows, another one in each epoch: a function of (seed, epoch).</summary>
    Permuted,

    /// <summary>
    /// Windows of <see cref="DataConfig.WindowRows"/> neighbouring rows in permuted order, permuted inside: for disks on which single rows
    /// from everywhere are slow.
    /// </summary>
    Windowed,

    /// <summary>As they lie on disk, the same in each epoch: for data that was published shuffled.</summary>
    AsStored,
}
