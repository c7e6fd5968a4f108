using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>
/// One reset of a model whose size, rank, scale, precision, method and adapters are drawn: what a run may hold at a reset, without
/// the run.
/// </summary>
internal sealed class ResetTrial
{
    private const int Rows = 2;

    private readonly Random random;

    /// <summary>Draws a trial.</summary>
    /// <param name="seed">Names it.</param>
    /// <param name="smallest">The smallest entry of B is drawn around ten to this.</param>
    /// <param name="largest">And the largest around ten to this.</param>
    public ResetTrial(int seed, double smallest = -8, double largest = 2)
    {
        random = new Random(seed);
        Magnitude = Math.Pow(10, smallest + ((largest - smallest) * random.NextDouble()));
        Config = Draw(seed);
    }

    /// <summary>The run that the reset would belong to.</summary>
    public RunConfig Config { get; }

    /// <summary>The size of B's entries.</summary>
    public double Magnitude { get; }

    /// <summary>What was drawn, in a line.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Config.Precision} {Config.LowRank.Method} width {Config.Model.Width} layers {Config.Model.Layers} rank {Config.LowRank.Rank} scale {Config.LowRank.Scale:G3} {Config.LowRank.Scaling} keep {Config.LowRank.KeepWeights} {Config.LowRank.Semantics.Moments} {Config.LowRank.Semantics.Counter} B {Magnitude:G2}"
        );

    /// <summary>Builds the model, fills adapters and moments, and resets.</summary>
    /// <param name="fault">Changes the steps of the reset; null for a correct one.</param>
    /// <param name="isDead">Whether the adapters learned nothing.</param>
    public ResetOutcome Reset(Func<ResetSteps, ResetSteps>? fault = null, bool isDead = false)
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(Config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, Config.Optimizer);
        using var generator = new Generator((ulong)Config.Seed);
        using (no_grad())
        {
            foreach (var linear in model.Linears.OfType<ReLoRALinear>())
                Fill(linear, optimizer, generator, isDead);
        }
        var steps = ResetSteps.Of(Config, optimizer);
        var ids = randint(
            Config.Model.VocabularySize,
            [Rows, Config.Data.SequenceLength + 1],
            dtype: int64,
            generator: generator
        );
        var (inputs, labels) = (
            ids.narrow(1, 0, Config.Data.SequenceLength),
            ids.narrow(1, 1, Config.Data.SequenceLength)
        );
        var reset = new ReLoRAReset(Config, model, optimizer, fault is null ? steps : fault(steps), inputs, labels);
        return reset.Apply(step: 8, number: 1);
    }

    private void Fill(ReLoRALinear linear, AdamW optimizer, Generator generator, bool isDead)
    {
        // A has moved away from its draw by about as much as B from zero, as far as the two are of one size.
        var moved = Math.Min(Magnitude, 0.1);
        linear.A.copy_(
            linear.A.Plus(randn(linear.A.shape, dtype: linear.A.dtype, generator: generator).Times(isDead ? 0 : moved))
        );
        linear.B.copy_(
            randn(linear.B.shape, dtype: linear.B.dtype, generator: generator).Times(isDead ? 0 : Magnitude)
        );
        linear.TanhScale?.fill_(LivingScalar.Of(0.7));
        foreach (var (_, factor, _) in linear.TrainedFactors)
        {
            var state = optimizer.MomentsOf(factor);
            state.First.copy_(randn(factor.shape, dtype: factor.dtype, generator: generator));
            state.Second.copy_(rand(factor.shape, dtype: factor.dtype, generator: generator));
            state.Step.fill_(LivingScalar.Of(8));
        }
    }

    private RunConfig Draw(int seed)
    {
        var heads = Pick(1, 2, 4);
        var width = heads * Pick(2, 4, 8, 16);
        var model = new ModelConfig
        {
            VocabularySize = Pick(7, 32, 199, 500),
            Width = width,
            Layers = Pick(1, 1, 2, 3),
            Heads = heads,
            KeyValueHeads = heads == 4 ? Pick(1, 2, 4) : Pick(1, heads),
            HiddenWidth = width * Pick(1, 2, 3),
            MaxSequenceLength = 32,
        };
        var narrowest = Math.Min(width, model.KeyValueHeads * model.HeadWidth);
        return new RunConfig
        {
            Seed = seed,
            Precision = Pick(Precision.Float32, Precision.Float32, Precision.Float32, Precision.Float64),
            Model = model,
            LowRank = new LowRankConfig
            {
                Method = Pick(LowRankMethod.ReLoRA, LowRankMethod.ReLoRA, LowRankMethod.FrozenA),
                Rank = random.Next(1, narrowest + 1),
                Alpha = Math.Pow(2, random.Next(-3, 8)),
                Scaling = Pick(AdapterScaling.Fixed, AdapterScaling.Fixed, AdapterScaling.TrainableTanh),
                KeepWeights = random.Next(10) > 0,
                Targets = Pick<EquatableList<string>>(["attention", "swiglu"], ["attention"], ["swiglu"]),
                ResetEvery = 8,
                Semantics = ResetSemantics.Exact with
                {
                    Moments = Pick(MomentReset.Zero, MomentReset.Zero, MomentReset.MagnitudePrune, MomentReset.None),
                    Counter = Pick(AdamCounter.Kept, AdamCounter.Reset),
                    Dropout = Pick(0, 0.1),
                },
            },
            Data = new DataConfig { BatchSize = Rows, SequenceLength = random.Next(2, 33) },
        };
    }

    private T Pick<T>(params T[] among) => among[random.Next(among.Length)];
}
