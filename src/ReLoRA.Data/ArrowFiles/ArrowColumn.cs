namespace ReLoRA.Data.ArrowFiles;

/// <summary>The column of ids in an Arrow schema, and where its parts stand among those of all columns.</summary>
/// <param name="Kind">How its lists are told apart.</param>
/// <param name="FixedLength">The length of a list of <see cref="ListKind.FixedSize"/>, else 0.</param>
/// <param name="IdType">How ids are stored.</param>
/// <param name="Node">The first of its two nodes.</param>
/// <param name="Buffer">The first of its buffers, the data buffers of views before it left out.</param>
/// <param name="ViewsBefore">Columns of views before it; each has as many data buffers more as its batch says.</param>
internal sealed record ArrowColumn(ListKind Kind, int FixedLength, string IdType, int Node, int Buffer, int ViewsBefore)
{
    /// <summary>Bytes of an offset; 0 where there are none.</summary>
    public int OffsetSize =>
        Kind switch
        {
            ListKind.List => sizeof(int),
            ListKind.LargeList => sizeof(long),
            _ => 0,
        };
}
