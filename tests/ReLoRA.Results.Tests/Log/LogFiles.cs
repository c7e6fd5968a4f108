using System.Buffers;
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

    /// <summary>A map of a foreign writer's.</summary>
    public static byte[] Map(params (string Key, object? Value)[] fields) =>
        MessagePackSerializer.Serialize(
            fields.ToDictionary(field => field.Key, field => field.Value),
            MessagePack.Resolvers.ContractlessStandardResolver.Options
        );
}
