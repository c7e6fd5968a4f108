namespace ReLoRA.Core.Pickle;

/// <summary>What a file may ask for. Published ones hold some hundred tensors in some ten kilobytes of pickle.</summary>
internal static class PickleLimits
{
    public const long FileBytes = 1L << 36;

    /// <summary>The archive's directory: some 100 bytes an entry, of which the runtime makes some 300 bytes of objects.</summary>
    public const long DirectoryBytes = 4 << 20;

    public const int PickleBytes = 8 << 20;

    public const int Tensors = 10_000;

    public const int NameLetters = 1_000;

    /// <summary>Of all tensors together, each counted under every name: 16 GiB in 32 bits.</summary>
    public const long Elements = 1L << 32;

    /// <summary>What libtorch's iterators can hold.</summary>
    public const int Dimensions = 64;

    /// <summary>A pickler writes dictionaries in batches of 1,000 pairs.</summary>
    public const int Stack = 20_000;

    /// <summary>Open batches and tuples: three, in a file of PyTorch's.</summary>
    public const int Marks = 16;

    /// <summary>Tuples in tuples: two, in a file of PyTorch's.</summary>
    public const int Depth = 8;

    /// <summary>A pickler numbers all it may meet again: some ten things a tensor.</summary>
    public const int Memo = 200_000;
}
