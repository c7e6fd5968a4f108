using System.Buffers;
using System.IO.Hashing;
using MessagePack;
using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

/// <summary>Logs as files and as bytes.</summary>
internal static class LogFiles
{
    public static byte[] Write(string path, IEnumerable<LogRecord> records)
    {
        using (var writer = RunLogWriter.Create(path))
        {
            foreach (var record in records)
                writer.Append(record);
        }
        return File.ReadAllBytes(path);
    }

    public static byte[] Encode(LogRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        MapFields.Write(buffer, record);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One record from its bytes, by the library for MessagePack and not by our own reading; null where it is none.</summary>
    public static IReadOnlyDictionary<string, object?>? Untyped(byte[] bytes)
    {
        try
        {
            var reader = new MessagePackReader(bytes);
            return RawMap.Read(ref reader);
        }
        catch (Exception e)
            when (e is MessagePackSerializationException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The crc record over the bytes from an offset on that stands right after them.</summary>
    public static byte[] Checksum(long from, byte[] covered) =>
        Encode(
            new CrcRecord
            {
                From = from,
                To = from + covered.Length,
                Crc32 = Crc32.HashToUInt32(covered),
            }
        );

    /// <summary>A map of a foreign writer's.</summary>
    public static byte[] Map(params (string Key, object? Value)[] fields) =>
        MessagePackSerializer.Serialize(
            fields.ToDictionary(field => field.Key, field => field.Value),
            MessagePack.Resolvers.ContractlessStandardResolver.Options
        );
}
