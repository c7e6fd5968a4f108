using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>Every value of a folder of runs, in one long table: what readers and exported formats are compared by.</summary>
internal static class CanonicalRows
{
    public static IReadOnlyList<CanonicalRow> Of(string folder) =>
        [.. new RunsFolder(folder).Cells().SelectMany(cell => Of(cell.Id, RunLogReader.Read(cell.LogPath)))];

    private static IEnumerable<CanonicalRow> Of(string cell, RunLog log)
    {
        IEnumerable<CanonicalRow> Frame(string name, IEnumerable<IEnumerable<(string, object?)>> rows) =>
            rows.SelectMany((row, index) => row.SelectMany(value => Values(cell, name, index, value)));

        IEnumerable<CanonicalRow> Kind<T>(string name)
            where T : LogRecord => Frame(name, log.Records<T>().Select(record => Columns(record)));

        IEnumerable<CanonicalRow> Inner<T, TItem>(
            string name,
            Func<T, IEnumerable<TItem>> items,
            string prefix,
            params string[] outer
        )
            where T : LogRecord =>
            Frame(
                name,
                log.Records<T>()
                    .SelectMany(record =>
                        items(record).Select(item => Place(record, outer).Concat(Columns(item!, prefix, outer)))
                    )
            );

        return
        [
            .. Frame("cells", [Cell(log)]),
            .. Kind<StepRecord>("steps"),
            .. Kind<SpikeRecord>("spikes"),
            .. Kind<ResetRecord>("resets"),
            .. Inner<ResetRecord, ResetLayer>("reset_layers", reset => reset.Layers, "", "step", "number")
                .Where(row => !row.Column.StartsWith("spectrum[", StringComparison.Ordinal)),
            .. Frame("reset_spectra", log.Records<ResetRecord>().SelectMany(Spectra)),
            .. Kind<EvalRecord>("evals"),
            .. Inner<EvalRecord, EvalDomain>("eval_domains", eval => eval.Domains, "domain_", "step", "name", "moment"),
            .. Kind<PairsRecord>("pairs"),
            .. Inner<PairsRecord, PairsPhenomenon>(
                "pairs_phenomena",
                pairs => pairs.Phenomena,
                "phenomenon_",
                "step",
                "tokens",
                "name",
                "moment"
            ),
            .. Kind<TaskRecord>("tasks"),
            .. Inner<TaskRecord, TaskFigure>(
                "task_figures",
                task => task.Figures,
                "figure_",
                "step",
                "tokens",
                "name",
                "data",
                "moment"
            ),
            .. Kind<ProbeRecord>("probes"),
            .. Inner<ProbeRecord, ProbeValue>(
                "probe_values",
                probe => probe.Values,
                "",
                "step",
                "tokens",
                "name",
                "metric",
                "of",
                "moment"
            ),
            .. Kind<CheckpointRecord>("checkpoints"),
            .. Kind<NoteRecord>("notes"),
        ];
    }

    private static IEnumerable<(string, object?)> Cell(RunLog log)
    {
        var end = log.IsFinished ? log.Records<EndRecord>().Last() : null;
        return
        [
            .. Columns(log.Run!).Where(column => column.Name is not ("cell" or "config")),
            .. Knobs("knob", JsonDocument.Parse(log.Run!.Config).RootElement),
            ("finished", log.IsFinished),
            ("outcome", end?.Outcome),
            ("state", end?.Outcome ?? "unfinished"),
            ("last_step", log.Records<StepRecord>().Select(step => step.Step).DefaultIfEmpty(0).Max()),
            .. end is null ? [] : Columns(end).Select(column => ($"end.{column.Name}", column.Value)),
            ("damages", log.Damages.Count),
        ];
    }

    private static IEnumerable<(string Name, object? Value)> Knobs(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(one => Knobs($"{name}.{one.Name}", one.Value)),
            JsonValueKind.Number => [(name, value.GetDouble())],
            JsonValueKind.String => [(name, value.GetString())],
            JsonValueKind.True or JsonValueKind.False => [(name, value.GetBoolean())],
            // What is a list in the configuration stays one in a frame, and is no value of a column.
            _ => [],
        };

    private static IEnumerable<IEnumerable<(string, object?)>> Spectra(ResetRecord reset) =>
        reset.Layers.SelectMany(layer =>
            layer.Spectrum.Select(
                (value, index) =>
                    (IEnumerable<(string, object?)>)
                        [
                            ("step", reset.Step),
                            ("number", reset.Number),
                            ("name", layer.Name),
                            ("index", index + 1),
                            ("value", value),
                        ]
            )
        );

    private static IEnumerable<(string, object?)> Place(object record, string[] outer) =>
        Columns(record).Where(column => outer.Contains(column.Name));

    private static IEnumerable<(string, object?)> Columns(object item, string prefix, string[] outer) =>
        Columns(item)
            .Select(column => (outer.Contains(column.Name) ? prefix + column.Name : column.Name, column.Value));

    /// <summary>The properties under the names that they have in the log, without what is a frame of its own.</summary>
    private static IEnumerable<(string Name, object? Value)> Columns(object record) =>
        record
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(LogRecord.Kind))
            .SelectMany<PropertyInfo, (string, object?)>(property =>
                property.GetValue(record) switch
                {
                    IReadOnlyDictionary<string, object> measured => measured.Select(pair =>
                        ($"measured.{pair.Key}", (object?)pair.Value)
                    ),
                    string or IReadOnlyList<double> or IReadOnlyList<string> => [Column(property, record)],
                    IEnumerable => [],
                    _ => [Column(property, record)],
                }
            );

    private static (string, object?) Column(PropertyInfo property, object record) =>
        (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property.GetValue(record));

    private static IEnumerable<CanonicalRow> Values(
        string cell,
        string frame,
        int row,
        (string Column, object? Value) value
    ) =>
        value.Value switch
        {
            null or double.NaN => [],
            string text => [new(cell, frame, row, value.Column, "t", text)],
            bool flag => [new(cell, frame, row, value.Column, "b", flag ? "true" : "false")],
            IEnumerable items => items
                .Cast<object>()
                .SelectMany((item, index) => Values(cell, frame, row, ($"{value.Column}[{index + 1}]", item))),
            IConvertible number => [new(cell, frame, row, value.Column, "n", Number(number))],
            _ => throw new NotSupportedException($"{value.Column} is a {value.Value.GetType().Name}"),
        };

    public static string Number(IConvertible number) =>
        number.ToDouble(CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
}
