using ReLoRA.Results.Log;

namespace ReLoRA.Scripting.Tests.Running;

/// <summary>Logs of finished cells that lost some of their records.</summary>
internal static class DamagedLogs
{
    /// <summary>Writes a finished log anew with a whole block before its end, and flips a bit in that block.</summary>
    public static void DamageTheBeginning(string path)
    {
        var end = RunLogReader.Read(path).Records<EndRecord>().Single();
        File.Delete(path);
        using (var log = RunLogWriter.Create(path))
        {
            log.Append(Records.Run());
            for (var i = 1; i < RunLogWriter.RecordsPerChecksum; i++)
                log.Append(new NoteRecord { Text = "lost" });
            log.Append(end);
        }
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("lost"u8)] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
