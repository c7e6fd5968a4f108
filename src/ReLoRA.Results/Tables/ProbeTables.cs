using static ReLoRA.Results.Tables.ColumnType;

namespace ReLoRA.Results.Tables;

/// <summary>Tables of what probes measured.</summary>
internal static class ProbeTables
{
    private static readonly Column[] ProbeKeys =
    [
        Column.Cell,
        Column.Of("step", Integer, "updates", "completed"),
        Column.Of("tokens", Integer, "tokens", "trained on so far"),
        Column.Of("name", Text, "", "the probe's name, unique in a run"),
        Column.Of("metric", Text, "", "what is computed, for example effective_rank"),
        Column.Of("of", Text, "", "what it is computed of, for example weight", name: "target"),
        Column.Of("moment", Text, "", "step, before_reset, after_reset, after_reset+N or rewarmed"),
    ];

    private static readonly Column ProbeLayer = OfValue("layer", Text, "", "the layer's name in the published model");

    public static LogTable Probes { get; } =
        new(
            "probes",
            "probe",
            "one measurement of the model's inside",
            [
                .. ProbeKeys,
                Column.OfMeasured("seconds", Number, "seconds", "its duration"),
                Column.OtherOfRecord("probe"),
            ]
        );

    public static LogTable ProbeValues { get; } =
        new(
            "probe_values",
            "probe",
            "one layer of one measurement",
            [
                .. ProbeKeys,
                ProbeLayer,
                OfValue("value", Number, "of the metric", "the figure; NaN where it does not exist"),
                OfValue("finding", Text, "", "why it does not exist or means little; else empty"),
                Column.OtherOfPart("probe"),
            ],
            RowExpansion.OfParts("values")
        );

    public static LogTable ProbeVectors { get; } =
        new(
            "probe_vectors",
            "probe",
            "one number of a figure that is a vector or a small table",
            [
                .. ProbeKeys,
                ProbeLayer,
                Column.Index("index", "values[].vector", "place in the vector; the first is 0"),
                new("row", Integer, "", "the table's row, from 0; null of a vector")
                {
                    Source = "values[].columns",
                    Read = row => row.ElementRow,
                },
                new("column", Text, "", "the table's column; null of a vector")
                {
                    Source = "values[].columns",
                    Read = row => row.ElementColumn,
                },
                Column.Element("value", Number, "of the metric", "values[].vector", "the number"),
            ],
            RowExpansion.OfTables("values", "vector", "columns")
        );

    private static Column OfValue(string key, ColumnType type, string unit, string meaning) =>
        Column.OfPart("values", key, type, unit, meaning);
}
