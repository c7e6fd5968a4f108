using ReLoRA.Results.Log;
using ReLoRA.Results.Tables;
using ReLoRA.Results.Tests.Log;

namespace ReLoRA.Results.Tests.Tables;

public sealed class LogTableTests
{
    [Fact]
    public void Steps_are_the_records_that_the_reader_gives()
    {
        var steps = new[] { 1, 2, 3 }.Select(step => SampleRecords.Step(step)).ToList();

        var rows = Rows("steps", steps);

        Assert.Equal(
            steps.Select(step => (step.Step, step.Tokens, step.Loss, step.LearningRate, step.GradientNorm)),
            rows.Select(row =>
                (
                    (long)row["step"]!,
                    (long)row["tokens"]!,
                    (double)row["loss"]!,
                    (double)row["learning_rate"]!,
                    (double)row["gradient_norm"]!
                )
            )
        );
        Assert.All(
            rows,
            row => Assert.Equal(("c", 0.25, null), (row["cell"], row["measured_seconds"], row["skipped"]))
        );
    }

    [Fact]
    public void A_resets_layers_and_singular_values_are_rows_of_their_own()
    {
        var reset = SampleRecords.Reset(1) with
        {
            Layers = [new("a", 1, 2) { Spectrum = [5, 4.5], Rank = 2 }, new("b", 3, 4)],
        };

        Assert.Equal(
            [("a", 2L), ("b", null)],
            Rows("reset_layers", [reset]).Select(row => (row["layer"], row["rank"]))
        );
        Assert.Equal(
            [("a", 0L, 5.0), ("a", 1L, 4.5)],
            Rows("reset_spectra", [reset]).Select(row => (row["layer"], row["index"], row["value"]))
        );
    }

    [Fact]
    public void A_probes_table_has_a_row_and_a_column_for_each_number_and_a_vector_has_neither()
    {
        var probe = new ProbeRecord
        {
            Step = 1,
            Tokens = 1,
            Name = "p",
            Metric = "m",
            Of = "weight",
            Moment = "step",
            Values =
            [
                new("l", 1, "") { Vector = [1, 2, 3, double.NaN], Columns = ["x", "y"] },
                new("k", 1, "") { Vector = [7] },
            ],
        };

        Assert.Equal(
            [
                ("l", 0L, "x", 1.0),
                ("l", 0L, "y", 2.0),
                ("l", 1L, "x", 3.0),
                ("l", 1L, "y", double.NaN),
                ("k", null, null, 7.0),
            ],
            Rows("probe_vectors", [probe]).Select(row => (row["layer"], row["row"], row["column"], row["value"]))
        );
    }

    [Theory]
    [InlineData("a180", 10, "1010000110")]
    [InlineData("80", 1, "1")]
    [InlineData("a1", 10, "")]
    [InlineData("xy80", 10, "")]
    public void Pairs_that_are_right_are_bits_and_what_is_no_such_text_makes_no_rows(
        string right,
        int pairs,
        string expected
    )
    {
        var record = new PairsRecord
        {
            Step = 1,
            Tokens = 1,
            Name = "s",
            Accuracy = 1,
            Phenomena = [new("p", 1, 0, pairs) { Right = right }],
        };

        var bits = Rows("pairs_items", [record]).Select(row => (bool)row["right"]! ? '1' : '0');

        Assert.Equal(expected, string.Concat(bits));
        Assert.Equal(right, Rows("pairs_phenomena", [record]).Single()["right"]);
    }

    [Fact]
    public void What_this_version_does_not_know_is_kept_as_JSON()
    {
        byte[] bytes =
        [
            .. LogFiles.Map(
                ("kind", "step"),
                ("step", 1),
                ("tokens", 2),
                ("loss", 3),
                ("learning_rate", 0.5),
                ("gradient_norm", double.NaN),
                ("curvature", new[] { 1.5, double.PositiveInfinity }),
                ("measured", new Dictionary<string, object> { ["seconds"] = "long", ["watts"] = 7 })
            ),
            .. LogFiles.Map(("kind", "dream"), ("of", "sheep \"é\"")),
        ];
        var log = RunLogReader.Read(bytes);

        var step = Named("steps", log.Entries[0]).Single();
        var dream = Named("other_records", log.Entries[1]).Single();

        Assert.Equal("""{"curvature":[1.5,"Infinity"],"measured":{"seconds":"long","watts":7}}""", step["other"]);
        Assert.Equal((3.0, null), (step["loss"], step["measured_seconds"]));
        Assert.Equal(("dream", """{"kind":"dream","of":"sheep \"é\""}"""), (dream["kind"], dream["record"]));
        Assert.Equal("other_records", LogTables.OfKind("dream").Single().Name);
    }

    [Fact]
    public void Records_of_every_kind_make_no_leftovers()
    {
        var bytes = SampleRecords
            .EveryKind()
            .Where(record => record is not CrcRecord)
            .SelectMany(LogFiles.Encode)
            .ToArray();

        foreach (var entry in RunLogReader.Read(bytes).Entries)
        foreach (var table in LogTables.OfKind(entry.Kind).Where(table => table.Columns[^1].Name == "other"))
        foreach (var row in Named(table.Name, entry))
            Assert.Null(row["other"]);
    }

    private static List<Dictionary<string, object?>> Rows(string table, IEnumerable<LogRecord> records)
    {
        var log = RunLogReader.Read(records.SelectMany(LogFiles.Encode).ToArray());
        return [.. log.Entries.SelectMany(entry => Named(table, entry))];
    }

    private static IEnumerable<Dictionary<string, object?>> Named(string name, LogEntry entry)
    {
        var table = LogTables.All.Single(table => table.Name == name);
        return table
            .Rows("c", entry)
            .Select(row =>
                table
                    .Columns.Select((column, at) => (column.Name, row[at]))
                    .ToDictionary(pair => pair.Name, pair => pair.Item2)
            );
    }
}
