using System.Text.Json;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Training;
using ReLoRA.Data.Shards;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests;

/// <summary>Cells that train in a second: a one-layer model on rows of a made-up language.</summary>
internal static class SmallRuns
{
    private const int Vocabulary = 32;

    private static readonly JsonSerializerOptions Manifest = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static RunConfig Config { get; } =
        new()
        {
            Model = new ModelConfig
            {
                VocabularySize = Vocabulary,
                Width = 16,
                Layers = 2,
                Heads = 4,
                KeyValueHeads = 2,
                HiddenWidth = 24,
                MaxSequenceLength = 12,
            },
            LowRank = new LowRankConfig
            {
                Rank = 4,
                Alpha = 8,
                ResetEvery = 8,
            },
            Optimizer = new OptimizerConfig { LearningRate = 1e-2, Beta2 = 0.98 },
            Schedule = new ScheduleConfig
            {
                Kind = ScheduleKind.Cosine,
                WarmupSteps = 4,
                RestartWarmupSteps = 2,
            },
            Data = new DataConfig { BatchSize = 4, SequenceLength = 12 },
            Budget = new BudgetConfig { Tokens = 30 * 4 * 12 },
            Evaluation = new EvaluationConfig { Every = 10 },
            Checkpoint = new CheckpointConfig { Every = 12 },
        };

    public static RunConfig ReLoRA(ResetSemantics semantics) =>
        Config with
        {
            LowRank = Config.LowRank with { Method = LowRankMethod.ReLoRA, Semantics = semantics },
            Schedule = Config.Schedule with { Kind = ScheduleKind.JaggedCosine },
        };

    /// <summary>A cell's folder with data, configuration and execution settings in it.</summary>
    public static CellFolder Cell(
        TemporaryFolder folder,
        RunConfig config,
        string runs = "runs",
        int microBatch = 4,
        string start = "",
        bool recompute = false
    )
    {
        var train = Dataset(folder.File("data", "train"), rows: 64, seed: 1);
        Dataset(folder.File("data", "validation", "first"), rows: 5, seed: 2);
        Dataset(folder.File("data", "validation", "second"), rows: 9, seed: 3);
        string[] mix =
        [
            .. config.Data.Mix.Select((_, i) => Dataset(folder.File("data", $"mix{i}"), rows: 20, seed: 9 + i)),
        ];
        string[] manifests = [.. mix.Prepend(train).Select(DatasetHashes.OfManifest)];
        var cell = new RunsFolder(folder.File(runs)).Cell(
            CellIdentity.Of(
                config,
                DatasetHashes.OfMix(manifests),
                start.Length > 0 ? StartingModel.Open(start).Hash : ""
            )
        );
        Directory.CreateDirectory(cell.Path);
        File.WriteAllText(cell.ConfigPath, ConfigJson.Write(config));
        var execution = new ExecutionSettings
        {
            Threads = 1,
            Device = "cpu",
            MicroBatch = microBatch,
            Recompute = recompute,
            Train = train,
            Mix = [.. mix],
            Evaluation = folder.File("data", "validation"),
            Start = start,
        };
        File.WriteAllText(cell.ExecutionPath, execution.Write());
        return cell;
    }

    public static RunOutcome Work(CellFolder cell, StopSignal? stop = null) =>
        CellWorker.Work(cell, stop ?? new StopSignal(), TimeProvider.System);

    /// <summary>Each token is mostly decided by the one before it, so that a model can learn something.</summary>
    private static string Dataset(string folder, int rows, int seed)
    {
        if (Directory.Exists(folder))
            return folder;
        Directory.CreateDirectory(folder);
        using var writer = new ShardWriter(Path.Combine(folder, "shard-00000.arrow"), 13, Vocabulary);
        var state = (uint)seed;
        var row = new int[13];
        for (var i = 0; i < rows; i++)
        {
            for (var t = 0; t < row.Length; t++)
            {
                state = state * 1_664_525 + 1_013_904_223;
                row[t] = t > 0 && state >> 29 != 0 ? (row[t - 1] * 5 + 3) % Vocabulary : (int)(state >> 27);
            }
            writer.Add(row);
        }
        var shard = writer.Complete();
        var manifest = new DatasetManifest
        {
            Format = DatasetManifest.CurrentFormat,
            RowLength = 13,
            Rows = rows,
            Tokens = rows * 13L,
            DroppedTokens = 0,
            Documents = rows,
            TextBytes = 0,
            VocabularySize = Vocabulary,
            EndOfText = 0,
            TokenType = "uint16",
            TokenizerSha256 = new string('0', 64),
            Shards = [shard],
            Sources = [],
        };
        File.WriteAllText(Path.Combine(folder, DatasetManifest.FileName), JsonSerializer.Serialize(manifest, Manifest));
        return folder;
    }
}
