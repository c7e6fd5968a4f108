namespace ReLoRA.Data.ArrowFiles;

/// <summary>The faults of one file of rows, and what its owner can do about them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Remedy">What to do where the file is damaged; the end of each message.</param>
internal sealed record ArrowFaults(string Path, string Remedy)
{
    public const string OfShard = "Copy the file anew or build the dataset anew (relora data build).";
    public const string OfSource = "Fetch the file anew.";

    private const int LargestOverhead = 1 << 10;

    public DataException Truncated(string found, Exception? inner = null) =>
        new(DataFault.Truncated, $"{Path}: truncated: {found}. {Remedy}", inner);

    public DataException Damaged(string found, Exception? inner = null) =>
        new(DataFault.Damaged, $"{Path}: damaged: {found}. {Remedy}", inner);

    /// <param name="found">What the file holds.</param>
    /// <param name="allowed">What is read, and the remedy.</param>
    public DataException Unsupported(string found, string allowed) =>
        new(DataFault.Unsupported, $"{Path}: {found}; {allowed}");

    public DataException NoSuchColumn(string column, IEnumerable<string> present) =>
        Unsupported(
            $"no column \"{column}\"",
            $"its columns are {string.Join(", ", present.Select(name => $"\"{name}\""))}. Name the one that holds the ids (--column)."
        );

    public DataException Null(long row, string found) =>
        Unsupported(
            $"row {row} {found}",
            "every row has to be a list of ids without nulls. Drop or fill such rows first."
        );

    public DataException WrongLength(long row, string found, int expected) =>
        new(
            DataFault.WrongRowLength,
            $"{Path}: row {row} has {found}; allowed: {expected}, as in the first row of the data. Cut or pack the ids to rows "
                + "of one length first."
        );

    public DataException OutOfRange(long row, long token, long id, int vocabularySize) =>
        new(
            DataFault.TokenOutOfRange,
            $"{Path}: row {row}, token {token} is {id}; allowed: 0 to {vocabularySize - 1}. The ids belong to another tokenizer, "
                + "or the file is damaged: give the tokenizer that made them (--tokenizer, --vocabulary) or fetch the file anew."
        );

    /// <summary>A number of bytes that has to fit into memory at once.</summary>
    public int Counted(long bytes, long at) =>
        bytes is >= 0 and <= int.MaxValue - LargestOverhead
            ? (int)bytes
            : throw Unsupported(
                $"a compressed buffer of {bytes} bytes in the batch at byte {at}",
                $"supported: below 2 GiB. Write it in smaller batches."
            );
}
