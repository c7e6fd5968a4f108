namespace ReLoRA.Results.Log;

/// <summary>A checkpoint that is about to be written. A <see cref="NoteRecord"/> follows with its figures once it is whole.</summary>
public sealed record CheckpointRecord : LogRecord
{
    internal const string KindName = "checkpoint";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates that the checkpoint holds.</summary>
    public required long Step { get; init; }

    /// <summary>The checkpoint's folder, relative to the cell's folder.</summary>
    public required string Path { get; init; }

    internal static CheckpointRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Path = fields.Text("path"),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("path", Path);
    }
}
