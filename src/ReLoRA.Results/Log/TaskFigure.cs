namespace ReLoRA.Results.Log;

/// <summary>One figure of one group of a task's items.</summary>
/// <param name="Group">The kind of group, for example <c>overall</c>, <c>paradigm</c> or <c>domain</c>.</param>
/// <param name="Name">The group; empty for the whole.</param>
/// <param name="Metric">What the figure is, for example <c>accuracy</c>.</param>
/// <param name="Value">The figure.</param>
/// <param name="Items">Items it was made of.</param>
/// <param name="Correct">How many of them are right; null where that is no question.</param>
public sealed record TaskFigure(string Group, string Name, string Metric, double Value, long Items, long? Correct)
{
    internal static TaskFigure From(FieldMap fields) =>
        new(
            fields.Text("group"),
            fields.Text("name"),
            fields.Text("metric"),
            fields.Number("value"),
            fields.Integer("items"),
            fields.OptionalLong("correct")
        );

    internal void WriteTo(MapFields fields)
    {
        fields.Add("group", Group);
        fields.Add("name", Name);
        fields.Add("metric", Metric);
        fields.Add("value", Value);
        fields.Add("items", Items);
        if (Correct is { } correct)
            fields.Add("correct", correct);
    }
}
