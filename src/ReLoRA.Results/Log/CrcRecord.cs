namespace ReLoRA.Results.Log;

/// <summary>A checksum of what came before, written by <see cref="RunLogWriter"/> itself.</summary>
public sealed record CrcRecord : LogRecord
{
    internal const string KindName = "crc";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Offset of the first byte covered: where the checksum before this one stopped.</summary>
    public required long From { get; init; }

    /// <summary>Offset after the last byte covered: where this record begins.</summary>
    public required long To { get; init; }

    /// <summary>CRC-32 (IEEE 802.3) of the bytes in between.</summary>
    public required long Crc32 { get; init; }

    internal static CrcRecord FromMap(FieldMap fields) =>
        new()
        {
            From = fields.Integer("from"),
            To = fields.Integer("to"),
            Crc32 = fields.Integer("crc32"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("from", From);
        fields.Add("to", To);
        fields.Add("crc32", Crc32);
    }
}
