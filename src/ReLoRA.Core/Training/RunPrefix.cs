using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Training;

/// <summary>
/// The beginning of a run that another cell trained: its state is loaded from that cell's checkpoint, its records are those of that cell's log.
/// What comes out is to the bit what training it again would have given.
/// </summary>
internal sealed class RunPrefix
{
    private readonly RunConfig config;
    private readonly PrefixSource source;

    private RunPrefix(RunConfig config, PrefixSource source, CheckpointContent content, IEnumerable<LogRecord> records)
    {
        (this.config, this.source, State) = (config, source, content.State);
        Records = [.. records.Where(BelongsHere)];
    }

    /// <summary>How far the run is.</summary>
    public TrainingState State { get; }

    /// <summary>The log up to there, without its first record and without remarks.</summary>
    public IReadOnlyList<LogRecord> Records { get; }

    /// <summary>What the log says of it.</summary>
    public string Note =>
        FormattableString.Invariant(
            $"begun at step {source.Step} of cell {source.Cell}, whose first steps are the same"
        );

    /// <summary>Loads it into a run's parts.</summary>
    /// <param name="parts">Receives weights and moments.</param>
    /// <param name="source">Where it lies.</param>
    /// <exception cref="UserFaultException">It is damaged.</exception>
    public static RunPrefix Load(RunParts parts, PrefixSource source)
    {
        try
        {
            parts.Enter(source.Step);
            var path = new CheckpointStore(source.Checkpoints).PathOf(source.Step);
            var content = CheckpointReader.Load(path, source.Cell, parts.Model, parts.Optimizer, source.KeepsAdapters);
            var log = RunLogReader.Read(Cut(source.Log, content.LogOffset));
            if (log.Damages is [var damage, ..])
                throw new CheckpointException($"{source.Log}: {damage}.");
            return new RunPrefix(parts.Config, source, content, log.Records<LogRecord>());
        }
        catch (Exception e) when (e is CheckpointException or LogFormatException or EndOfStreamException)
        {
            throw new UserFaultException(
                $"The beginning of the run, step {source.Step} of cell {source.Cell}, cannot be loaded: {e.Message} Delete {source.Checkpoints} "
                    + "if it is not needed otherwise, and run the sweep again: it is trained anew then.",
                e
            );
        }
    }

    private static byte[] Cut(string log, long length)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>
    /// A run that ended where this one goes on was evaluated, measured and saved there since it was its end; this one is only where that
    /// falls due.
    /// </summary>
    private bool BelongsHere(LogRecord record) =>
        record switch
        {
            RunRecord or CrcRecord or NoteRecord => false,
            EvalRecord evaluation => IsDue(evaluation.Step, evaluation.Moment, config.Evaluation.Every),
            PairsRecord pairs => IsDue(pairs.Step, pairs.Moment, config.Evaluation.Every),
            TaskRecord task => IsDue(task.Step, task.Moment, config.Evaluation.Every),
            CheckpointRecord checkpoint => IsDue(checkpoint.Step, null, config.Checkpoint.Every),
            ProbeRecord probe when probe.Step == State.Step => IsDue(probe),
            _ => true,
        };

    private bool IsDue(long step, string? moment, int every) =>
        step != State.Step || (moment is not null && moment != ProbeMoments.Step) || (every > 0 && step % every == 0);

    private bool IsDue(ProbeRecord record) =>
        record.Moment is ProbeMoments.BeforeReset or ProbeMoments.AfterReset
        || config
            .Probes.Where(probe => probe.Name == record.Name)
            .Any(probe => ProbeTimes.After(config, probe, record.Step).Contains(record.Moment));
}
