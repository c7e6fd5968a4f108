using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

/// <summary>The recorded toy run of width 64, on the corpus that ships: what was recorded used another one.</summary>
internal static class ToyRun
{
    /// <summary>Steps between resets.</summary>
    public const int Every = 200;

    /// <summary>Steps from a reset to full learning rate.</summary>
    public const int Warmup = 10;

    /// <summary>Trains, and reads the adapters' product at the given steps.</summary>
    public static IReadOnlyDictionary<int, ToyRow> Rows(
        TemporaryFolder folder,
        ResetSemantics semantics,
        IReadOnlyCollection<int> steps
    )
    {
        var config = Config(semantics, steps.Max());
        var train = Repository.PathOf("datasets", "english", "train");
        using var data = TokenDataset.Open(train);
        var cell = new RunsFolder(folder.File("runs")).Cell(CellIdentity.Of(config, data.ManifestHash));
        Directory.CreateDirectory(cell.Path);
        File.WriteAllText(cell.ConfigPath, ConfigJson.Write(config));
        var execution = new ExecutionSettings
        {
            Threads = 1,
            Device = "cpu",
            MicroBatch = config.Data.BatchSize,
            Train = train,
            Evaluation = Repository.PathOf("datasets", "english", "validation"),
        };
        File.WriteAllText(cell.ExecutionPath, execution.Write());
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        using var log = new TrainingLog(RunLogWriter.Create(cell.LogPath), config);
        using var batches = new BatchStream(TrainingRows.Reader(inputs.Config, inputs.Corpora), SampleCursor.Start);
        var rows = new Dictionary<int, ToyRow>();
        new Trainer(cell.Id, parts, log, new(cell.CheckpointsPath), TimeProvider.System).Run(
            TrainingState.Start,
            batches,
            new StopSignal(),
            state =>
            {
                if (steps.Contains((int)state.Step))
                    rows[(int)state.Step] = Read(parts);
            }
        );
        return rows;
    }

    private static ToyRow Read(RunParts parts)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var products = parts
            .Model.Linears.OfType<ReLoRALinear>()
            .Where(linear => linear.Name.EndsWith("w_2", StringComparison.Ordinal))
            .Select(linear => linear.Product())
            .ToList();
        var norm = products.Average(product => product.norm().item<double>());
        if (norm == 0)
            return new ToyRow(double.NaN, 0);
        // Not over the numerical rank only: the recorded figure is that of all singular values.
        return new ToyRow(products.Average(EffectiveRankOf), norm);
    }

    private static double EffectiveRankOf(Tensor product)
    {
        var values = Spectrum.Of(product, Math.ScaleB(1, -52)).Values;
        var sum = values.Sum();
        return Math.Exp(-values.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum)));
    }

    private static RunConfig Config(ResetSemantics semantics, int steps) =>
        Presets.Nano with
        {
            Model = Presets.Nano.Model with { Layers = 2 },
            LowRank = new LowRankConfig
            {
                Method = LowRankMethod.ReLoRA,
                Rank = 8,
                Alpha = 16,
                ResetEvery = Every,
                Semantics = semantics,
            },
            Optimizer = new OptimizerConfig { LearningRate = 2e-3, Beta2 = 0.99 },
            Schedule = new ScheduleConfig
            {
                Kind = ScheduleKind.JaggedCosine,
                WarmupSteps = Every,
                RestartWarmupSteps = Warmup,
                HorizonSteps = 10 * steps,
            },
            Data = new DataConfig { BatchSize = 2, SequenceLength = 128 },
            Budget = new BudgetConfig { Tokens = steps * 2L * 128 },
            Evaluation = new EvaluationConfig { Every = steps, MaxRows = 2 },
            Checkpoint = new CheckpointConfig { Every = steps },
        };
}
