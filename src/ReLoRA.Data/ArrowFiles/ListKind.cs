namespace ReLoRA.Data.ArrowFiles;

/// <summary>How an Arrow column of lists tells where each list begins.</summary>
internal enum ListKind
{
    /// <summary>Every list has the length that the schema names.</summary>
    FixedSize,

    /// <summary>By offsets of 32 bits.</summary>
    List,

    /// <summary>By offsets of 64 bits.</summary>
    LargeList,
}
