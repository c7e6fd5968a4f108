using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Observed;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using ReLoRA.Data.Shards;
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
    private readonly AdamW optimizer;
    private readonly ProbeRows rows;
    private readonly InitialWeights initial;
    private readonly WeightsBefore before = new();
    private readonly List<IProbe> probes;
    private readonly SortedDictionary<string, string> givenUp = new(StringComparer.Ordinal);

    // What does not change from moment to moment: spectra of the model before its first step.
    private Dictionary<(ProbeTarget, string), IReadOnlyList<MeasuredTensor>> ofInitial = [];

    internal Probes(
        RunConfig config,
        Decoder model,
        AdamW optimizer,
        TokenDataset data,
        IEnumerable<IProbe> probes,
        string start = "",
        IReadOnlyDictionary<string, string>? givenUp = null
    )
    {
        foreach (var (name, note) in givenUp ?? new Dictionary<string, string>())
            this.givenUp.Add(name, note);
        (this.config, this.model, this.optimizer) = (config, model, optimizer);
        this.probes = [.. probes];
        // Here, before the prefetch begins: a streamed dataset has one reader.
        rows = new ProbeRows(data, this.probes.Select(probe => MostRows(probe.Config)).DefaultIfEmpty().Max());
        initial = new InitialWeights(config, start);
    }

    /// <summary>Whether a script's figure was given up in this process and its thread goes on, so that the run should go on in another one.</summary>
    public bool HasRunaway { get; private set; }

    /// <summary>The names of all probes that were given up since the sweep was last run, and the note that told of each.</summary>
    internal IReadOnlyDictionary<string, string> GivenUp => givenUp;

    /// <summary>The probes that a configuration declares.</summary>
    /// <param name="config">The run.</param>
    /// <param name="figures">Those that the run's script computes itself.</param>
    /// <param name="off">The names of probes that were given up before.</param>
    /// <param name="folder">Where snapshots go.</param>
    internal static IEnumerable<IProbe> Declared(
        RunConfig config,
        IScriptFigures figures,
        IReadOnlyDictionary<string, string> off,
        string folder
    )
    {
        var allowance = ProbeMemory.Of(config);
        return config
            .Probes.Where(probe => !off.ContainsKey(probe.Name))
            .Select(
                IProbe (probe) =>
                    probe.Metric switch
                    {
                        ProbeMetric.Script => new ScriptProbe(probe, figures, allowance),
                        ProbeMetric.Snapshot => new SnapshotProbe(probe, folder),
                        _ => new CatalogueProbe(probe),
                    }
            );
    }

    /// <summary>Whether a probe asks for what the next update changes, so that <see cref="KeepWeights"/> has to come before it.</summary>
    /// <param name="state">How far the run is.</param>
    public bool ReadsNextUpdate(TrainingState state) =>
        probes.Any(probe => TargetKinds.ReadsUpdate(probe.Config) && IsDueAfter(probe.Config, state.Step + 1));

    /// <summary>Keeps the weights until probes have measured after the next update.</summary>
    public void KeepWeights() => before.Keep(model);

    /// <summary>Measures what is due after a step: at the start, at the end, and when each probe says.</summary>
    /// <param name="state">How far the run is.</param>
    /// <param name="log">Receives a record a probe.</param>
    /// <param name="clock">For durations.</param>
    /// <param name="isLast">Whether no step follows, wherever that is.</param>
    public void AtStep(TrainingState state, TrainingLog log, TimeProvider clock, bool isLast = false)
    {
        var due = probes
            .SelectMany(
                probe => ProbeTimes.After(config, probe.Config, state.Step, isLast),
                (probe, moment) => (probe, moment)
            )
            .GroupBy(one => one.moment, one => one.probe);
        foreach (var moment in due)
            Measure([.. moment], moment.Key, state, log, clock);
        if (!HasRunaway)
            before.Clear();
    }

    /// <summary>Measures one side of a reset.</summary>
    /// <param name="moment"><c>before_reset</c> or <c>after_reset</c>.</param>
    /// <param name="state">How far the run is.</param>
    /// <param name="log">Receives a record a probe.</param>
    /// <param name="clock">For durations.</param>
    public void AtReset(string moment, TrainingState state, TrainingLog log, TimeProvider clock) =>
        Measure([.. probes.Where(probe => probe.Config.AroundResets)], moment, state, log, clock);

    /// <inheritdoc/>
    public void Dispose()
    {
        initial.Dispose();
        before.Dispose();
    }

    private static int MostRows(ProbeConfig probe) => TargetKinds.ReadsRows(probe) ? probe.Rows : 0;

    private bool IsDueAfter(ProbeConfig probe, long step) =>
        ProbeTimes.After(config, probe, step).Any()
        || (probe.AroundResets && LowRank.ReLoRA.ResetTimes.IsDue(config, step));

    private void Measure(List<IProbe> due, string name, TrainingState state, TrainingLog log, TimeProvider clock)
    {
        if (due.Count == 0)
            return;
        var observed = model
            .Linears.Select(linear => linear.Name)
            .Where(linear => due.Any(probe => LayerPattern.Matches(probe.Config.Layers, linear)))
            .ToHashSet(StringComparer.Ordinal);
        var moment = MomentOf(observed, state, name);
        foreach (var probe in due)
        {
            var begun = clock.GetTimestamp();
            var wasSound = !HasRunaway;
            if (Figures(probe, moment, log) is { } values)
                log.Probe(probe.Config, name, state, values, clock.GetElapsedTime(begun).TotalSeconds);
            // The thread that goes on reads the moment until its process ends: it is left to it, and the others get one of their own.
            else if (wasSound && HasRunaway)
            {
                ofInitial = [];
                moment = MomentOf(observed, state, name);
            }
        }
        moment.Dispose();
    }

    /// <summary>The reference is the model before its first step, which had neither an update nor moments.</summary>
    private ProbedMoment MomentOf(HashSet<string> observed, TrainingState state, string name) =>
        new(
            new ModelSource(model, Around(), observed),
            new Lazy<IMatrixSource>(() =>
                new ModelSource(initial.Model, Around() with { BeforeStep = null, Moments = null }, observed, ofInitial)
            ),
            state.Step,
            name
        );

    private Surroundings Around() =>
        new()
        {
            Initial = linear => initial[linear],
            BeforeStep = before.Of,
            Moments = MomentsOf,
            Rows = rows,
        };

    private Moments? MomentsOf(string name)
    {
        var weight = model.Parameters[name].Value;
        return optimizer.Parameters.Any(parameter => parameter.Name == name) ? optimizer.MomentsOf(weight) : null;
    }

    private IReadOnlyList<ProbeValue>? Figures(IProbe probe, ProbedMoment moment, TrainingLog log)
    {
        try
        {
            return probe.Measure(moment);
        }
#pragma warning disable CA1031 // Whatever a probe throws costs the probe, not hours of training.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            probes.Remove(probe);
            var note =
                FormattableString.Invariant(
                    $"probe {probe.Config.Name} failed after step {moment.Step} ({moment.Name}) and is off: "
                ) + FigureFaults.Reason(e);
            log.Note(note);
            if (e is FigureAbandonedException abandoned)
            {
                givenUp[probe.Config.Name] = note;
                HasRunaway = true;
                if (abandoned.IsUrgent)
                    throw new HandoverException(note);
            }
            return null;
        }
    }
}
