namespace ReLoRA.Data.Converting;

/// <summary>A file of rows of ids. One reader at a time.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>How its ids are stored: one of <see cref="Shards.TokenType.OfSources"/>.</summary>
    string IdType { get; }

    /// <summary>Its rows, by its own word.</summary>
    long Rows { get; }

    /// <summary>Tokens of its first row.</summary>
    /// <exception cref="DataException">The row is null or cannot be read.</exception>
    int FirstRowLength();

    /// <summary>Reads all rows in their order, in constant memory.</summary>
    /// <param name="rowLength">The length that every row has to have.</param>
    /// <param name="receive">Told the rows.</param>
    /// <exception cref="DataException">The file is damaged, or a row has another length or nulls.</exception>
    void Read(int rowLength, RowReceiver receive);
}
