using ReLoRA.Results.Log;

namespace ReLoRA.Scale;

/// <summary>
/// Logs with made-up figures, by the lab's own writer. A sparse one has its first block and its last ones, and a hole of zeros where the
/// others would stand: as long as a whole one, and enough for whoever reads the ends alone.
/// </summary>
/// <param name="steps">Steps of a whole run.</param>
/// <param name="last">The last step that is logged; below <paramref name="steps"/>, the log has no end.</param>
internal sealed class SimulatedLog(int steps, int last)
{
    private const int EvaluateEvery = 500;
    private const int SaveEvery = 1000;
    private const int EndKept = 65_536;

    private readonly Dictionary<long, (long Length, byte[] End)> ends = [];

    /// <summary>Writes a whole log.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="run">Its first record.</param>
    public void Write(string path, RunRecord run)
    {
        using var writer = RunLogWriter.Create(path);
        foreach (var record in Records(run))
            writer.Append(record);
    }

    /// <summary>Writes a sparse one.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="run">Its first record.</param>
    public void WriteSparse(string path, RunRecord run)
    {
        using (var writer = RunLogWriter.Create(path))
            foreach (var record in Records(run).Take(RunLogWriter.RecordsPerChecksum))
                writer.Append(record);
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        // What comes after it says where it stands, and nothing of the first block but its length.
        var head = file.Length;
        if (!ends.TryGetValue(head, out var end))
            ends[head] = end = EndOf(path + ".whole", run);
        if (end.Length <= head)
            return;
        file.SetLength(end.Length);
        file.Position = Math.Max(head, end.Length - end.End.Length);
        file.Write(end.End.AsSpan((int)(file.Position - (end.Length - end.End.Length))));
    }

    private (long Length, byte[] End) EndOf(string scratch, RunRecord run)
    {
        Write(scratch, run);
        var bytes = File.ReadAllBytes(scratch);
        File.Delete(scratch);
        return (bytes.Length, bytes[Math.Max(0, bytes.Length - EndKept)..]);
    }

    private IEnumerable<LogRecord> Records(RunRecord run)
    {
        // Cells differ by their name alone, so that two writings of one folder are equal.
        var offset = Convert.ToInt32(run.Cell[..4], 16) / 65_536.0;
        yield return run;
        for (var step = 1; step <= last; step++)
        {
            var (loss, tokens) = (8 / (1 + (0.01 * step)) + (0.1 * offset), step * run.TokensPerStep);
            yield return SimulatedRecords.Step(step, tokens, loss);
            if (step % SaveEvery == 0)
                yield return new CheckpointRecord { Step = step, Path = $"checkpoints/step_{step}" };
            if (step % EvaluateEvery == 0 || step == steps)
                yield return SimulatedRecords.Evaluation(step, tokens, loss);
            if (step == steps)
                yield return SimulatedRecords.End(step, tokens, loss);
        }
    }
}
