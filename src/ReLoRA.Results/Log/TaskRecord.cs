namespace ReLoRA.Results.Log;

/// <summary>One evaluation on a task, in evaluation mode: figures by group of items.</summary>
/// <remarks>Measured: <c>seconds</c>.</remarks>
public sealed record TaskRecord : LogRecord
{
    internal const string KindName = "task";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Completed updates; 0 is the untrained model.</summary>
    public required long Step { get; init; }

    /// <summary>Tokens trained on so far.</summary>
    public required long Tokens { get; init; }

    /// <summary>The evaluator, for example <c>blimp</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The data's name: that of its folder or file.</summary>
    public required string Data { get; init; }

    /// <summary><c>step</c>, <c>before_reset</c> or <c>after_reset</c>.</summary>
    public required string Moment { get; init; }

    /// <summary>Items scored.</summary>
    public required long Items { get; init; }

    /// <summary>The figures, from the whole to the parts.</summary>
    public required IReadOnlyList<TaskFigure> Figures { get; init; }

    internal static TaskRecord From(FieldMap fields) =>
        new()
        {
            Step = fields.Integer("step"),
            Tokens = fields.Integer("tokens"),
            Name = fields.Text("name"),
            Data = fields.Text("data"),
            Moment = fields.Text("moment"),
            Items = fields.Integer("items"),
            Figures = fields.Maps("figures", TaskFigure.From),
            Measured = fields.Measured(),
        };

    internal override void WriteTo(MapFields fields)
    {
        fields.Add("step", Step);
        fields.Add("tokens", Tokens);
        fields.Add("name", Name);
        fields.Add("data", Data);
        fields.Add("moment", Moment);
        fields.Add("items", Items);
        fields.Add("figures", Figures, (figure, inner) => figure.WriteTo(inner));
    }
}
