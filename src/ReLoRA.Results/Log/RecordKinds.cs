namespace ReLoRA.Results.Log;

/// <summary>The kinds of record that this version knows.</summary>
internal static class RecordKinds
{
    private static readonly Dictionary<string, Func<FieldMap, LogRecord>> Readers = new(StringComparer.Ordinal)
    {
        [RunRecord.KindName] = RunRecord.From,
        [StepRecord.KindName] = StepRecord.From,
        [SpikeRecord.KindName] = SpikeRecord.From,
        [ResetRecord.KindName] = ResetRecord.From,
        [EvalRecord.KindName] = EvalRecord.From,
        [PairsRecord.KindName] = PairsRecord.From,
        [TaskRecord.KindName] = TaskRecord.From,
        [ProbeRecord.KindName] = ProbeRecord.From,
        [CheckpointRecord.KindName] = CheckpointRecord.From,
        [NoteRecord.KindName] = NoteRecord.From,
        [EndRecord.KindName] = EndRecord.From,
        [CrcRecord.KindName] = CrcRecord.FromMap,
    };

    /// <summary>The typed record, or null where the kind is not known to this version.</summary>
    public static LogRecord? Read(string kind, FieldMap fields) =>
        Readers.TryGetValue(kind, out var read) ? read(fields) : null;
}
