namespace ReLoRA.Results.Log;

/// <summary>Something worth telling a reader, for example that the run was resumed. No part of the results.</summary>
/// <remarks>
/// Measured: <c>at</c>, the time in ISO 8601, UTC. Of a checkpoint that is whole: <c>step</c>, <c>bytes</c>, <c>seconds</c> to write it,
/// <c>stood_still_seconds</c> of training.
/// </remarks>
public sealed record NoteRecord : LogRecord
{
    internal const string KindName = "note";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The note.</summary>
    public required string Text { get; init; }

    internal static NoteRecord From(FieldMap fields) =>
        new() { Text = fields.Text("text"), Measured = fields.Measured() };

    internal override void WriteTo(MapFields fields) => fields.Add("text", Text);
}
