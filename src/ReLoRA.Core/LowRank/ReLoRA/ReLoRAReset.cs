using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Results.Log;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>
/// One reset: merge every adapter, start it afresh, clear its optimizer state, and measure what that did to the model's function.
/// </summary>
public sealed class ReLoRAReset
{
    private readonly LowRankConfig lowRank;
    private readonly AdamW optimizer;
    private readonly ResetSteps steps;
    private readonly FunctionProbe probe;
    private readonly IReadOnlyList<ReLoRALinear> linears;

    /// <summary>Prepares the resets of a run.</summary>
    /// <param name="config">The run.</param>
    /// <param name="model">The model with adapters.</param>
    /// <param name="optimizer">Holds the adapters' moments.</param>
    /// <param name="steps">What is done to each linear.</param>
    /// <param name="inputs_BT">The probe batch, (rows, positions).</param>
    /// <param name="labels_BT">Its labels.</param>
    internal ReLoRAReset(
        RunConfig config,
        Decoder model,
        AdamW optimizer,
        ResetSteps steps,
        Tensor inputs_BT,
        Tensor labels_BT
    )
    {
        (lowRank, this.optimizer, this.steps) = (config.LowRank, optimizer, steps);
        probe = new FunctionProbe(model, config, inputs_BT, labels_BT);
        linears = [.. model.Linears.OfType<ReLoRALinear>()];
    }

    /// <summary>Resets every adapter.</summary>
    /// <param name="step">Completed updates.</param>
    /// <param name="number">The reset's number, from 1.</param>
    public ResetOutcome Apply(long step, int number)
    {
        using var scope = NewDisposeScope();
        var before = probe.Logits();
        var silent = probe.LogitsWithoutAdapters(linears);
        var trainingBefore = probe.TrainingLogits(step);
        var noise = probe.Noise(before);

        var adapters = linears.Select(linear => (linear, Rank: Rank(linear))).ToList();
        var layers = adapters.Select(adapter => Reset(adapter.linear, adapter.Rank, number)).ToList();

        var gradients = probe.Gradients(linears);
        var after = probe.Logits();
        return new ResetOutcome
        {
            Jump = FunctionProbe.RelativeDifference(before, after),
            // A jump has the rounding of both passes in it.
            Noise = Math.Max(noise, probe.Noise(after)),
            Contribution = FunctionProbe.RelativeDifference(before, silent),
            TrainingJump = FunctionProbe.RelativeDifference(trainingBefore, probe.TrainingLogits(step)),
            Layers = layers,
            StateCleared = AdapterState.ZeroFraction(adapters, optimizer),
            AdapterRank = linears.Min(linear => AdapterState.NumericalRank(linear.A)),
            GradientA = gradients.A,
            GradientB = gradients.B,
            DeadAdapters = gradients.Dead,
            WeightsHash = WeightsHash.Of(linears),
        };
    }

    private int Rank(ReLoRALinear linear)
    {
        var live = AdapterState.LiveRank(linear);
        return live > 0 ? live : RankRule.First(lowRank, linear.Name);
    }

    private ResetLayer Reset(ReLoRALinear linear, int rank, int number)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var weightBefore = linear.Weight.to(float64, copy: true);
        var intended = linear.ScaledProduct();
        var ofRule = lowRank.Semantics.Merge == MergeRule.Unscaled ? linear.Product() : null;
        var spectrum = UpdateSpectrum.Of(linear, rank);
        var turn = new ResetTurn(number, rank, RankRule.Next(lowRank, linear.Name, number, rank, spectrum));
        steps.Merge.Apply(linear);
        steps.Restart(linear, turn);
        steps.ClearState(linear, turn);
        var weightAfter = linear.Weight.to(float64);
        return new ResetLayer(linear.Name, Error(intended), intended.norm().item<double>())
        {
            RuleError = ofRule is null ? null : Error(ofRule),
            NormA = linear.A.to(float64).norm().item<double>(),
            NormB = linear.B.to(float64).norm().item<double>(),
            StateCleared = AdapterState.ZeroFraction([(linear, rank)], optimizer),
            Rank = turn.NewRank,
            Spectrum = spectrum,
        };

        double Error(Tensor update)
        {
            var error = (weightAfter - weightBefore - update).norm().item<double>();
            // Of a weight that is zero, and was to stay so, nothing is no error.
            return error == 0 ? 0 : error / weightAfter.norm().item<double>();
        }
    }
}
