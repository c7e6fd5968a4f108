using MessagePack;
using MessagePack.Resolvers;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Export.Tests.Support;

/// <summary>Runs with what a table may stumble over.</summary>
internal static class OddRuns
{
    /// <summary>Texts that take quoting, that look like something else, or that are empty.</summary>
    public static readonly string[] Texts =
    [
        "",
        " ",
        "plain",
        "a,b",
        "say \"no\"",
        "two\nlines",
        "carriage\r\nreturn",
        "tab\there",
        "NA",
        "NaN",
        "null",
        "5e3",
        "true",
        "#no comment",
        "'single",
        "back\\slash",
        "Größe 漢字 🐑",
        "\"",
        "\"\"",
        ",",
        "=1+1",
    ];

    public static readonly double[] Numbers =
    [
        0,
        -0.0,
        1,
        0.1,
        -1.5e-300,
        double.MaxValue,
        double.Epsilon,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        1e15,
        123456789.123456789,
        Math.PI,
    ];

    public static RunsFolder In(TemporaryFolder folder) => new(folder.File("runs"));

    /// <summary>A cell with a log of these records.</summary>
    public static string Cell(RunsFolder runs, string id, params IEnumerable<LogRecord> records)
    {
        var path = runs.Cell(id).LogPath;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var log = RunLogWriter.Create(path))
        {
            foreach (var record in records)
                log.Append(record);
        }
        return path;
    }

    /// <summary>Steps with numbers that are none, notes with texts that take quoting, and a config that is no JSON.</summary>
    public static void Write(RunsFolder runs, string id)
    {
        Cell(
            runs,
            id,
            [
                Run(id),
                .. Numbers.Select((number, at) => Step(at + 1, number)),
                .. Texts.Select(text => new NoteRecord { Text = text }),
            ]
        );
    }

    /// <summary>An export of two cells: one that is damaged, one with a record of a later kind.</summary>
    public static ExportOptions WithProblems(TemporaryFolder folder, ExportFormat format, string output)
    {
        var runs = In(folder);
        Write(runs, "0123456789ab");
        File.AppendAllText(runs.Cell("0123456789ab").LogPath, "\0\0\0\0");
        Write(runs, "12e456789012");
        AppendForeign(runs.Cell("12e456789012").LogPath, ("kind", "dream"), ("depth", 3));
        return new ExportOptions
        {
            Runs = runs,
            Format = format,
            Output = output,
        };
    }

    public static RunRecord Run(string id) =>
        new()
        {
            Cell = id,
            Config = """{"LowRank":{"Rank":8},"Data":{"Mix":[]},"Optimizer":{"LearningRate":0.5},"Flag":true}""",
            Method = "ReLoRA",
            Semantics = "",
            SemanticsVersion = 1,
            Seed = "9223372036854775807",
            Parameters = 5,
            TrainableParameters = 5,
            Steps = 3,
            TokensPerStep = 2,
            TrainData = "t",
            EvaluationData = "e",
            Threads = 1,
            Device = "cpu",
            MicroBatch = 1,
        };

    public static StepRecord Step(long step, double loss) =>
        new()
        {
            Step = step,
            Tokens = step * 2,
            Loss = loss,
            LearningRate = 1e-3,
            GradientNorm = -loss,
            Skipped = double.IsFinite(loss) ? null : true,
        };

    /// <summary>Appends a record of a foreign writer's to a log.</summary>
    public static void AppendForeign(string log, params (string Key, object? Value)[] fields)
    {
        var bytes = MessagePackSerializer.Serialize(
            fields.ToDictionary(field => field.Key, field => field.Value),
            ContractlessStandardResolver.Options
        );
        using var file = new FileStream(log, FileMode.Append);
        file.Write(bytes);
    }
}
