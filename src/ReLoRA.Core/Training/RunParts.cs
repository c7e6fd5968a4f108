using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Evaluation;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>The parts of one run, built from its configuration: everything with a tensor in it.</summary>
public sealed class RunParts : IDisposable
{
    private readonly Tensor probeInputs_BT;
    private readonly Tensor probeLabels_BT;
    private bool trainsAdapters;

    /// <summary>Builds model, optimizer, evaluator and resets.</summary>
    /// <param name="inputs">Configuration and data.</param>
    public RunParts(CellInputs inputs)
        : this(inputs, null, null) { }

    internal RunParts(CellInputs inputs, Func<ResetSteps, ResetSteps>? reset, IEnumerable<IProbe>? probes)
    {
        using var scope = NewDisposeScope();
        (Config, Team) = (inputs.Config, inputs.Team);
        var start = inputs.Execution.Start;
        Model = ModelFactory.Create(Config, new Device(inputs.Execution.Device), start);
        DecayRules.RequireKnown(Config.Optimizer, Model.Parameters);
        Optimizer = new AdamW(
            Model.Parameters.Trainable,
            Config.Optimizer,
            holdsMasters: Config.Precision == Precision.BFloat16Zero2,
            flatTail: Team.IsSeveral ? StepTail.Length : 0
        );
        Evaluator = new PerplexityEvaluator(inputs.Evaluation, Config.Evaluation.MaxRows);
        Pairs = inputs.Pairs is { } suite ? new PairsEvaluator(suite) : null;
        Tasks = inputs.Tasks;
        Gradients = new GradientAccumulation(
            Model,
            Config.Seed,
            inputs.Execution.MicroBatch,
            Config.Optimizer.GradientPartitions,
            Config.Precision,
            inputs.Execution.Recompute,
            Team.Share
        );
        Schedule = new LearningRateSchedule(Config);
        Probes = new Probes(
            Config,
            Model,
            Optimizer,
            inputs.Train,
            // What is measured is measured once.
            probes ?? (Team.Leads ? Declared(inputs) : []),
            start,
            inputs.ProbesOff
        );
        var (probeInputs, probeLabels) = ProbeBatch.Read(inputs.Train, Config, Model.Device);
        probeInputs_BT = probeInputs.DetachFromDisposeScope();
        probeLabels_BT = probeLabels.DetachFromDisposeScope();
        var steps = ResetSteps.Of(Config, Optimizer);
        Reset = new ReLoRAReset(
            Config,
            Model,
            Optimizer,
            reset is null ? steps : reset(steps),
            probeInputs_BT,
            probeLabels_BT
        );
    }

    /// <summary>The run.</summary>
    public RunConfig Config { get; }

    /// <summary>The processes that train it.</summary>
    public RankTeam Team { get; }

    /// <summary>The model.</summary>
    public Decoder Model { get; }

    /// <summary>Its optimizer.</summary>
    public AdamW Optimizer { get; }

    /// <summary>Loss and perplexity by domain.</summary>
    public PerplexityEvaluator Evaluator { get; }

    /// <summary>Accuracy on minimal pairs; null where none are evaluated.</summary>
    public PairsEvaluator? Pairs { get; }

    /// <summary>The further evaluations.</summary>
    public IReadOnlyList<RunTask> Tasks { get; }

    /// <summary>Forward and backward.</summary>
    public GradientAccumulation Gradients { get; }

    /// <summary>The learning rate's multiplier.</summary>
    public LearningRateSchedule Schedule { get; }

    /// <summary>Resets with their proofs.</summary>
    public ReLoRAReset Reset { get; }

    /// <summary>What is measured of the linears.</summary>
    public Probes Probes { get; }

    /// <summary>
    /// At the end of a warm start: freezes the adapted weights, lets the adapters train, and begins the optimizer anew. Does
    /// nothing at other moments; a resume calls it before it loads.
    /// </summary>
    /// <param name="step">Completed updates.</param>
    /// <returns>Whether other weights train from now on.</returns>
    public bool Enter(long step)
    {
        var adapters = step >= Config.LowRank.WarmStartSteps;
        if (Config.LowRank.WarmStartSteps == 0 || !Config.LowRank.Method.HasAdapters() || adapters == trainsAdapters)
            return false;
        trainsAdapters = adapters;
        foreach (var linear in Model.Linears.OfType<ReLoRALinear>())
            linear.Train(Model.Parameters, adapters);
        Optimizer.Restart(Model.Parameters.Trainable);
        return true;
    }

    /// <summary>What a token costs, with the weights that train now.</summary>
    public TrainingCost Cost() => TrainingCost.Of(Model, Config.Data.SequenceLength);

    /// <summary>The learning rate of an update.</summary>
    /// <param name="index">Updates completed before it.</param>
    public double LearningRate(long index) => Config.Optimizer.LearningRate * Schedule.Multiplier(index);

    private static IEnumerable<IProbe> Declared(CellInputs inputs) =>
        Probes.Declared(inputs.Config, inputs.Figures ?? new NoScriptFigures(), inputs.ProbesOff, inputs.Snapshots);

    /// <inheritdoc/>
    public void Dispose()
    {
        // A figure that goes on reads them until the process ends, which it is about to.
        if (Probes.HasRunaway)
            return;
        Probes.Dispose();
        Optimizer.Dispose();
        Model.Dispose();
        probeInputs_BT.Dispose();
        probeLabels_BT.Dispose();
    }
}
