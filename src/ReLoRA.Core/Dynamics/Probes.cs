using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// A run's probes. One that throws is switched off until the run is next resumed and told of in the log; the others and the
/// training go on.
/// </summary>
public sealed class Probes : IDisposable
{
    private readonly RunConfig config;
    private readonly Decoder model;
    private readonly InitialWeights initial;
    private readonly List<IProbe> probes;

    /// <summary>The probes that a configuration declares.</summary>
    /// <param name="config">The run.</param>
    /// <param name="model">Its model; never changed here.</param>
    /// <param name="figures">Those that the run's script computes itself; none where null.</param>
    /// <param name="start">Where the model folder lies that the run started from; empty for none.</param>
    public Probes(RunConfig config, Decoder model, IScriptFigures? figures = null, string start = "")
        : this(config, model, config.Probes.Select(probe => Create(probe, figures ?? new NoScriptFigures())), start) { }

    internal Probes(RunConfig config, Decoder model, IEnumerable<IProbe> probes, string start = "")
    {
        (this.config, this.model, this.probes) = (config, model, [.. probes]);
        initial = new InitialWeights(config, start);
    }

    /// <summary>Measures what is due after a step: at the start, at the end, and every so many steps.</summary>
    /// <param name="state">How far the run is.</param>
    /// <param name="log">Receives a record a probe.</param>
    /// <param name="clock">For durations.</param>
    public void AtStep(TrainingState state, TrainingLog log, TimeProvider clock) =>
        Measure(probe => IsDue(probe, state.Step), ProbeMoments.Step, state, log, clock);

    /// <summary>Measures one side of a reset.</summary>
    /// <param name="moment"><c>before_reset</c> or <c>after_reset</c>.</param>
    /// <param name="state">How far the run is.</param>
    /// <param name="log">Receives a record a probe.</param>
    /// <param name="clock">For durations.</param>
    public void AtReset(string moment, TrainingState state, TrainingLog log, TimeProvider clock) =>
        Measure(probe => probe.AroundResets, moment, state, log, clock);

    /// <inheritdoc/>
    public void Dispose() => initial.Dispose();

    private static IProbe Create(ProbeConfig probe, IScriptFigures figures) =>
        probe.Metric == ProbeMetric.Script ? new ScriptProbe(probe, figures) : new SpectrumProbe(probe);

    private bool IsDue(ProbeConfig probe, long step) =>
        step == 0 || step == config.Steps || (probe.Every > 0 && step % probe.Every == 0);

    private void Measure(
        Func<ProbeConfig, bool> isDue,
        string moment,
        TrainingState state,
        TrainingLog log,
        TimeProvider clock
    )
    {
        var due = probes.Where(probe => isDue(probe.Config)).ToList();
        if (due.Count == 0)
            return;
        var linears = model.Linears.Select(linear => (linear.Name, new LinearSpectra(linear, initial))).ToList();
        foreach (var probe in due)
        {
            var begun = clock.GetTimestamp();
            if (Figures(probe, linears, moment, state.Step, log) is { } values)
                log.Probe(probe.Config, moment, state, values, clock.GetElapsedTime(begun).TotalSeconds);
        }
    }

    private List<ProbeValue>? Figures(
        IProbe probe,
        List<(string Name, LinearSpectra Spectra)> linears,
        string moment,
        long step,
        TrainingLog log
    )
    {
        try
        {
            return
            [
                .. linears
                    .Where(linear => LayerPattern.Matches(probe.Config.Layers, linear.Name))
                    .Select(linear => (linear.Name, Figure: probe.Measure(linear.Spectra)))
                    .Select(found => new ProbeValue(found.Name, found.Figure.Value, found.Figure.Finding)),
            ];
        }
#pragma warning disable CA1031 // Whatever a probe throws costs the probe, not hours of training.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            probes.Remove(probe);
            log.Note(
                FormattableString.Invariant(
                    $"probe {probe.Config.Name} failed after step {step} ({moment}) and is off: "
                ) + $"{e.GetType().Name}: {e.Message}"
            );
            return null;
        }
    }
}
