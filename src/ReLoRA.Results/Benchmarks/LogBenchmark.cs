using System.Buffers;
using MessagePack;
using ReLoRA.Results.Log;

namespace ReLoRA.Results.Benchmarks;

/// <summary>
/// Times the log's writer and reader against MessagePack's own, which do less. All of them are run in turn in every round, since a machine's
/// speed changes from second to second: only the ratios of one round say something.
/// </summary>
public static class LogBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Measures.</summary>
    /// <param name="path">A file to write, which must not exist; it is deleted.</param>
    /// <param name="rounds">Rounds, at least 1.</param>
    /// <param name="count">Step records of a round, at least 1.</param>
    /// <param name="clock">For durations.</param>
    public static LogFigures Run(string path, int rounds, int count, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        StepRecord[] records = [.. Enumerable.Range(1, count).Select(step => Step(step))];
        var buffer = new ArrayBufferWriter<byte>();
        var bytes = Array.Empty<byte>();
        var seconds = new (double Write, double Bare, double Read, double Skip)[rounds];
        // Code is compiled, and compiled better, before anything counts.
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < WarmUp)
            Round();
        for (var round = 0; round < rounds; round++)
            seconds[round] = Round();
        return new LogFigures(
            rounds,
            count,
            bytes.Length / (double)count,
            count / Median(one => one.Write),
            count / Median(one => one.Bare),
            count / Median(one => one.Read),
            count / Median(one => one.Skip),
            Median(one => one.Bare / one.Write),
            Median(one => one.Skip / one.Read)
        );

        (double, double, double, double) Round()
        {
            var write = Seconds(() => Write(path, records), clock);
            bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return (
                write,
                Seconds(() => WriteBare(buffer, records), clock),
                Seconds(() => Read(bytes, count), clock),
                Seconds(() => Skip(bytes), clock)
            );
        }

        double Median(Func<(double Write, double Bare, double Read, double Skip), double> figure) =>
            seconds.Select(figure).Order().ElementAt(rounds / 2);
    }

    private static StepRecord Step(int step) =>
        new()
        {
            Step = step,
            Tokens = step * 8192L,
            Loss = 8 / (1 + (0.01 * step)),
            LearningRate = 1e-3,
            GradientNorm = 1.5,
            Measured = new Dictionary<string, object> { ["seconds"] = 0.25, ["tokens_per_second"] = 32768.0 },
        };

    private static void Write(string path, StepRecord[] records)
    {
        using var writer = RunLogWriter.Create(path);
        foreach (var record in records)
            writer.Append(record);
    }

    private static void WriteBare(ArrayBufferWriter<byte> buffer, StepRecord[] records)
    {
        buffer.Clear();
        var writer = new MessagePackWriter(buffer);
        foreach (var record in records)
        {
            writer.WriteMapHeader(7);
            writer.Write("kind");
            writer.Write(record.Kind);
            writer.Write("step");
            writer.Write(record.Step);
            writer.Write("tokens");
            writer.Write(record.Tokens);
            writer.Write("loss");
            writer.Write(record.Loss);
            writer.Write("learning_rate");
            writer.Write(record.LearningRate);
            writer.Write("gradient_norm");
            writer.Write(record.GradientNorm);
            writer.Write("measured");
            writer.WriteMapHeader(record.Measured.Count);
            foreach (var (key, value) in record.Measured)
            {
                writer.Write(key);
                writer.Write((double)value);
            }
        }
        writer.Flush();
    }

    private static void Read(byte[] bytes, int count)
    {
        var log = RunLogReader.Read(bytes);
        if (log.Damages.Count > 0 || log.Records<StepRecord>().Sum(record => record.Step) != count * (count + 1L) / 2)
            throw new InvalidOperationException("The log was not read as it was written.");
    }

    private static void Skip(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        while (!reader.End)
            reader.Skip();
    }

    private static double Seconds(Action action, TimeProvider clock)
    {
        var begun = clock.GetTimestamp();
        action();
        return clock.GetElapsedTime(begun).TotalSeconds;
    }
}
