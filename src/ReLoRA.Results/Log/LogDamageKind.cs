namespace ReLoRA.Results.Log;

/// <summary>How a log is damaged.</summary>
public enum LogDamageKind
{
    /// <summary>The last record is incomplete: the writer was killed, or is writing it now.</summary>
    TornTail,

    /// <summary>The bytes before a checksum are not those that were written.</summary>
    ChecksumMismatch,

    /// <summary>Something other than a map stands where a record must begin, for example zeros after a power cut.</summary>
    NotAMap,

    /// <summary>A map that is no record: no kind, a key missing or of the wrong type, or not readable.</summary>
    Malformed,

    /// <summary>Bytes were put in or taken out: what follows stands elsewhere than it was written.</summary>
    Shifted,
}
