using System.Text;

namespace ReLoRA.Results.Log;

/// <summary>The kinds of record that this version knows.</summary>
internal static class RecordKinds
{
    // The most frequent first: they are looked for from the front.
    private static readonly (byte[] Name, string Kind, Func<FieldMap, LogRecord> Read)[] Readers =
    [
        Reader(StepRecord.KindName, StepRecord.From),
        Reader(ProbeRecord.KindName, ProbeRecord.From),
        Reader(CrcRecord.KindName, CrcRecord.FromMap),
        Reader(EvalRecord.KindName, EvalRecord.From),
        Reader(RunRecord.KindName, RunRecord.From),
        Reader(SpikeRecord.KindName, SpikeRecord.From),
        Reader(ResetRecord.KindName, ResetRecord.From),
        Reader(PairsRecord.KindName, PairsRecord.From),
        Reader(TaskRecord.KindName, TaskRecord.From),
        Reader(CheckpointRecord.KindName, CheckpointRecord.From),
        Reader(NoteRecord.KindName, NoteRecord.From),
        Reader(EndRecord.KindName, EndRecord.From),
    ];

    /// <summary>The kind and the typed record, which is null where the kind is not known to this version.</summary>
    public static (string Kind, LogRecord? Record) Read(FieldMap fields)
    {
        var name = fields.RawText("kind");
        foreach (var reader in Readers)
            if (name.SequenceEqual(reader.Name))
                return (reader.Kind, reader.Read(fields));
        return (Encoding.UTF8.GetString(name), null);
    }

    private static (byte[] Name, string Kind, Func<FieldMap, LogRecord> Read) Reader(
        string kind,
        Func<FieldMap, LogRecord> read
    ) => (Encoding.UTF8.GetBytes(kind), kind, read);
}
