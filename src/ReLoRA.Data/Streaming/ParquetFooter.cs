using System.Buffers.Binary;
using ParquetSharp;
using ParquetSharp.IO;
using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Hub;

namespace ReLoRA.Data.Streaming;

/// <summary>Reads how many rows a Parquet file on the hub has, out of its last bytes.</summary>
internal static class ParquetFooter
{
    private const int FirstGuess = 1 << 16;
    private const int EndSize = 8;

    // No footer of rows of ids comes near; a damaged length must not fetch gigabytes.
    private const int Largest = 1 << 27;

    /// <exception cref="DataException">It is no Parquet file, has no such column, or the hub is at fault.</exception>
    public static async Task<long> RowsAsync(
        IHub hub,
        HubListing listing,
        HubFile file,
        string column,
        CancellationToken stop
    )
    {
        var faults = new ArrowFaults($"{listing.Repository.Name}/{file.Path}", ArrowFaults.OfSource);
        if (file.Bytes < EndSize + 4)
            throw faults.Truncated($"{file.Bytes} bytes");
        var tail = await ReadAsync((int)Math.Min(FirstGuess, file.Bytes)).ConfigureAwait(false);
        if (!tail.AsSpan().EndsWith("PAR1"u8))
            throw faults.Unsupported(
                "it does not end as Parquet does",
                "supported: Parquet. Leave it out (--exclude)."
            );
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(tail.Length - EndSize)) + (long)EndSize;
        if (size > Math.Min(file.Bytes, Largest))
            throw faults.Damaged($"a footer of {size} bytes in a file of {file.Bytes}");
        if (size > tail.Length)
            tail = await ReadAsync((int)size).ConfigureAwait(false);
        return Parse(tail, file.Bytes, column, faults);

        Task<byte[]> ReadAsync(int count) => hub.ReadAsync(listing, file, file.Bytes - count, count, stop);
    }

    private static long Parse(byte[] tail, long length, string column, ArrowFaults faults)
    {
        try
        {
            using var stream = new TailStream(tail, length);
            using var opened = new ManagedRandomAccessFile(stream);
            using var reader = new ParquetFileReader(opened);
            ParquetColumn.Find(reader.FileMetaData.Schema, column, faults);
            return reader.FileMetaData.NumRows is var rows and > 0
                ? rows
                : throw new DataException(DataFault.TooSmall, $"{faults.Path}: no rows. Leave it out (--exclude).");
        }
        // The native library reports damage as exceptions of several types; none of them names the file.
        catch (Exception fault) when (fault is not DataException)
        {
            throw faults.Damaged($"its footer cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }
}
