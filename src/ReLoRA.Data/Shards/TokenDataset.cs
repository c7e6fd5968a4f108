using System.Security.Cryptography;
using ReLoRA.Data.Adopting;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Streaming;

namespace ReLoRA.Data.Shards;

/// <summary>A folder of token shards with its manifest, mapped into memory. Reading is safe for several threads.</summary>
/// <remarks>A shard must not be rewritten in place while it is mapped: shards are published by renaming.</remarks>
public sealed class TokenDataset : IDisposable
{
    private const int LookEveryMilliseconds = 50;

    private readonly IShardSet _shards;
    private readonly long[] _ends;

    private TokenDataset(string folder, DatasetManifest manifest, string hash, IShardSet shards)
    {
        (Folder, Manifest, ManifestHash, _shards) = (folder, manifest, hash, shards);
        _ends = new long[manifest.Shards.Count];
        for (var index = 0; index < _ends.Length; index++)
            _ends[index] = (index == 0 ? 0 : _ends[index - 1]) + manifest.Shards[index].Rows;
    }

    /// <summary>The folder as it was given.</summary>
    public string Folder { get; }

    /// <summary>What the manifest says.</summary>
    public DatasetManifest Manifest { get; }

    /// <summary>SHA-256 of <c>manifest.json</c> in hexadecimal: the identity of the data, whatever folder it lies in.</summary>
    public string ManifestHash { get; }

    /// <summary>Rows of all shards.</summary>
    public long RowCount => Manifest.Rows;

    /// <summary>Tokens of a row: the sequence length plus one.</summary>
    public int RowLength => Manifest.RowLength;

    /// <summary>Every id is below this.</summary>
    public int VocabularySize => Manifest.VocabularySize;

    /// <summary>Whether its shards come and go while it is read. It is then read in stored order, by one reader at a time.</summary>
    public bool IsStreamed => Manifest.Streamed is not null;

    /// <summary>
    /// Opens a dataset; checks the size, row length and row count of every shard, and checksums only of adopted files that were written
    /// after they had been adopted.
    /// </summary>
    /// <param name="folder">The folder that holds <c>manifest.json</c>.</param>
    /// <exception cref="DataException">Something is missing, truncated, damaged or does not fit the manifest.</exception>
    public static TokenDataset Open(string folder)
    {
        var path = Path.Combine(folder, DatasetManifest.FileName);
        if (Directory.Exists(folder) && !File.Exists(path))
            throw NoManifest(folder);
        var bytes = DataFiles.ReadAllBytes(path, "dataset manifest");
        var manifest = ManifestJson.Parse(bytes, path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (manifest.AdoptedColumn is not null)
            AdoptedStamps.Require(folder, manifest, hash);
        IShardSet shards = manifest.Streamed is null
            ? MappedShards.Open(folder, manifest)
            : new StreamedShards(folder, manifest);
        return new TokenDataset(folder, manifest, hash, shards);
    }

    /// <summary>
    /// Whether rows are at hand. In a streamed dataset they have to be asked for in the order in which they are read: what is asked for is
    /// fetched, and what lies before it may go.
    /// </summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many, from there on; after the last row comes the first.</param>
    /// <exception cref="DataException">They are not, and nothing brings them (<see cref="DataFault.Missing"/>).</exception>
    public bool AreHere(long first, long count)
    {
        if (!IsStreamed)
            return true;
        var (begin, end) = (ShardOf(first), ShardOf((first + count - 1) % RowCount));
        var shards = count >= RowCount ? _ends.Length : (end - begin + _ends.Length) % _ends.Length + 1;
        return _shards.AreHere(begin, shards);
    }

    /// <summary>Waits until rows are at hand; without end while someone brings shards.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many, from there on.</param>
    /// <exception cref="DataException">They are not, and nothing brings them (<see cref="DataFault.Missing"/>).</exception>
    public void Await(long first, long count)
    {
        while (!AreHere(first, count))
            Thread.Sleep(LookEveryMilliseconds);
    }

    /// <summary>Reads one row straight out of the mapping.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="destination">Room for exactly one row.</param>
    /// <exception cref="DataException">An id is out of range (<see cref="DataFault.TokenOutOfRange"/>).</exception>
    public void ReadRow(long row, Span<long> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        Locate(row, out var inside).ReadRow(inside, VocabularySize, destination);
    }

    private TokenShard Locate(long row, out long inside)
    {
        var shard = ShardOf(row);
        inside = shard == 0 ? row : row - _ends[shard - 1];
        return _shards.At(shard);
    }

    private int ShardOf(long row)
    {
        var shard = Array.BinarySearch(_ends, row + 1);
        return shard < 0 ? ~shard : shard;
    }

    /// <summary>Bytes of a row as it is stored.</summary>
    internal int StoredRowBytes => RowLength * TokenType.BytesOf(Manifest.TokenType);

    /// <summary>Copies a row's stored bytes.</summary>
    internal void CopyRow(long row, Span<byte> destination) => Locate(row, out var inside).CopyRow(inside, destination);

    /// <summary>Adds up a row's ids where they lie.</summary>
    internal long SumRow(long row) => Locate(row, out var inside).SumRow(inside);

    /// <summary>Widens a row without looking at its ids.</summary>
    internal void WidenRow(long row, Span<long> destination) =>
        Locate(row, out var inside).WidenRow(inside, destination);

    /// <summary>Fails unless rows have the length that a sequence length asks for.</summary>
    /// <param name="sequenceLength">Tokens of a sequence; rows hold one more.</param>
    /// <exception cref="DataException">They have not (<see cref="DataFault.WrongRowLength"/>).</exception>
    public void RequireSequenceLength(int sequenceLength)
    {
        if (RowLength == sequenceLength + 1)
            return;
        throw new DataException(
            DataFault.WrongRowLength,
            $"{Folder}: rows of {RowLength} tokens, for sequences of {RowLength - 1}; the sequence length asked for is "
                + $"{sequenceLength}. Set it to {RowLength - 1} or build the data anew (relora data build --sequence {sequenceLength})."
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _shards.Dispose();

    private static DataException NoManifest(string folder)
    {
        var extensions = Directory.EnumerateFiles(folder).Select(file => Path.GetExtension(file)).ToHashSet();
        var remedy = extensions switch
        {
            _ when File.Exists(Path.Combine(folder, ConvertJournal.FileName)) =>
                "Its conversion was interrupted: run the same relora data convert again, and it goes on.",
            _ when extensions.Contains(".parquet") => "Turn its Parquet into a dataset: relora data convert.",
            _ when extensions.Contains(".arrow") =>
                "To train on its Arrow files where they lie, adopt them (relora data adopt); to turn them into shards, relora data convert.",
            _ => "Build it (relora data build) or give the folder that holds the manifest.",
        };
        return new DataException(
            DataFault.Missing,
            $"{folder}: this folder has no {DatasetManifest.FileName}, so it is no dataset or its build was interrupted. {remedy}"
        );
    }
}
