using System.Text.Json;
using ReLoRA.Export.Tests.Support;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Results.Tables;
using ReLoRA.Testing;

namespace ReLoRA.Export.Tests;

public sealed class RunsExporterTests : IDisposable
{
    private const string Good = "aaaaaaaaaaaa";
    private const string Other = "bbbbbbbbbbbb";

    private readonly TemporaryFolder folder = new();

    private RunsFolder Runs => OddRuns.In(folder);

    public static TheoryData<ExportFormat> Formats => [.. Enum.GetValues<ExportFormat>()];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Numbers_that_are_none_and_odd_texts_are_what_the_log_reader_gives(ExportFormat format)
    {
        OddRuns.Write(Runs, Good);

        Export(format);

        var log = RunLogReader.Read(Runs.Cell(Good).LogPath);
        Assert.Equal(
            log.Records<StepRecord>().Select(step => (step.Loss, step.Skipped)),
            Rows("steps", format).Select(row => ((double)row["loss"]!, (bool?)row["skipped"]))
        );
        Assert.Equal(
            log.Records<NoteRecord>().Select(note => note.Text),
            Rows("notes", format).Select(row => (string)row["text"]!)
        );
    }

    [Fact]
    public void A_cell_of_a_sweep_has_what_the_plan_says_what_is_run_its_end_and_its_knobs()
    {
        OddRuns.Cell(
            Runs,
            Good,
            [
                OddRuns.Run(Good),
                OddRuns.Step(1, 2.5),
                new EndRecord
                {
                    Step = 1,
                    Tokens = 2,
                    Outcome = "diverged",
                    Loss = 2.5,
                },
            ]
        );

        Export(
            ExportFormat.Csv,
            Plan(new SweepCell(Good, "a, seed 1", "a", "1", Other), new SweepCell(Other, "b", "b", "1", ""))
        );

        var cells = Named(CsvText.Parse(File.ReadAllText(folder.File("out", "cells.csv"))));
        Assert.Equal(2, cells.Count);
        Assert.Equal(
            [
                "s",
                Good,
                "a, seed 1",
                "a",
                "9223372036854775807",
                Other,
                "diverged",
                "1",
                "2",
                "ReLoRA",
                "2.5",
                "8",
                "0.5",
                "[]",
                "true",
            ],
            new[]
            {
                "sweep",
                "cell",
                "label",
                "arm",
                "seed",
                "baseline",
                "state",
                "last_step",
                "last_tokens",
                "method",
                "end_loss",
                "config.LowRank.Rank",
                "config.Optimizer.LearningRate",
                "config.Data.Mix",
                "config.Flag",
            }.Select(column => cells[0][column])
        );
        Assert.Equal(("not started", ""), (cells[1]["state"], cells[1]["end_loss"]));
    }

    [Fact]
    public void A_cell_of_two_sweeps_is_a_row_of_each_and_its_steps_are_there_once()
    {
        OddRuns.Write(Runs, Good);
        var cell = new SweepCell(Good, "x", "x", "1", "");

        Export(ExportFormat.Csv, Plan(cell), Plan(cell) with { Name = "t" });

        Assert.Equal(2, Named(CsvText.Parse(File.ReadAllText(folder.File("out", "cells.csv")))).Count);
        Assert.Equal(OddRuns.Numbers.Length, Rows("steps").Count);
    }

    [Fact]
    public void A_log_of_a_newer_format_is_named_and_the_others_are_exported()
    {
        OddRuns.Write(Runs, Good);
        var log = OddRuns.Cell(Runs, Other);
        OddRuns.AppendForeign(log, ("kind", "run"), ("format", 2), ("cell", Other));

        var made = Export();

        var problem = Assert.Single(made.Problems);
        Assert.Equal(("error", Other, "newer_format"), (problem.Severity, problem.Cell, problem.Kind));
        Assert.Contains("format is 2", problem.Message, StringComparison.Ordinal);
        Assert.True(made.IsIncomplete);
        Assert.Equal(OddRuns.Numbers.Length, Rows("steps").Count);
        Assert.Equal("newer_format", Assert.Single(Problems())["kind"]);
    }

    [Fact]
    public void A_damaged_log_is_exported_around_the_damage_which_is_named()
    {
        OddRuns.Write(Runs, Good);
        var path = Runs.Cell(Good).LogPath;
        File.AppendAllText(path, "\0\0\0\0");

        var made = Export();

        var problem = Assert.Single(made.Problems);
        Assert.Equal(("error", "damaged"), (problem.Severity, problem.Kind));
        Assert.NotNull(problem.Offset);
        Assert.Equal(OddRuns.Numbers.Length, Rows("steps").Count);
    }

    [Fact]
    public void A_torn_tail_is_a_note_and_no_error()
    {
        OddRuns.Write(Runs, Good);
        var path = Runs.Cell(Good).LogPath;
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);

        var made = Export();

        Assert.Equal(("note", "torn_tail"), (made.Problems.Single().Severity, made.Problems.Single().Kind));
        Assert.False(made.IsIncomplete);
    }

    [Fact]
    public void Kinds_and_keys_of_later_versions_are_exported_and_named()
    {
        var log = OddRuns.Cell(Runs, Good, [OddRuns.Run(Good)]);
        OddRuns.AppendForeign(log, ("kind", "dream"), ("depth", 3));
        OddRuns.AppendForeign(log, ("kind", "note"), ("text", "hi"), ("mood", "good"));

        var made = Export();

        Assert.Equal(["unknown_key", "unknown_kind"], made.Problems.Select(problem => problem.Kind));
        Assert.Equal("""{"mood":"good"}""", Rows("notes").Single()["other"]);
        Assert.Equal("""{"kind":"dream","depth":3}""", Rows("other_records").Single()["record"]);
        Assert.False(made.IsIncomplete);
    }

    [Fact]
    public void An_empty_log_and_a_config_that_is_no_JSON_are_told()
    {
        OddRuns.Cell(Runs, Good);
        OddRuns.Cell(Runs, Other, [OddRuns.Run(Other) with { Config = "not JSON" }]);

        var made = Export();

        Assert.Equal(
            [(Good, "no_run"), (Other, "config")],
            made.Problems.Select(problem => (problem.Cell!, problem.Kind))
        );
    }

    [Fact]
    public void An_id_of_a_plan_that_is_no_folders_name_is_a_problem_of_that_cell()
    {
        OddRuns.Write(Runs, Good);

        var made = Export(ExportFormat.Csv, Plan(new SweepCell("../x", "x", "x", "1", "")));

        Assert.Equal(("../x", "unreadable"), (made.Problems.Single().Cell, made.Problems.Single().Kind));
    }

    [Fact]
    public void Only_the_tables_that_are_asked_for_are_written()
    {
        OddRuns.Write(Runs, Good);

        var made = RunsExporter.Export(
            Options(ExportFormat.Csv) with
            {
                Tables = ["steps"],
            },
            _ => { },
            CancellationToken.None
        );

        Assert.Equal(["steps"], made.Tables.Select(table => table.Name));
        Assert.Equal(
            ["columns.csv", "columns.json", "export.json", "steps.csv"],
            Directory.GetFiles(folder.File("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_folder_of_other_things_is_refused_and_left_as_it_is()
    {
        OddRuns.Write(Runs, Good);
        Directory.CreateDirectory(folder.File("out"));
        File.WriteAllText(folder.File("out", "thesis.txt"), "mine");

        var fault = Assert.Throws<RunFileException>(() => Export());

        Assert.Contains("'thesis.txt'", fault.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder.File("out", "thesis.txt")));
        AssertNothingElse("out", "runs");
    }

    [Fact]
    public void An_export_with_a_file_of_ones_own_beside_it_is_not_replaced()
    {
        OddRuns.Write(Runs, Good);
        Export();
        File.WriteAllText(folder.File("out", "thesis.txt"), "mine");

        Assert.Throws<RunFileException>(() => Export());
    }

    [Fact]
    public void An_export_is_replaced_by_the_next_of_another_format_too()
    {
        OddRuns.Write(Runs, Good);
        Export();

        Export(ExportFormat.Ndjson);

        Assert.False(File.Exists(folder.File("out", "steps.csv")));
        Assert.True(File.Exists(folder.File("out", "steps.ndjson")));
        AssertNothingElse("out", "runs");
    }

    [Fact]
    public void A_stop_leaves_nothing_and_an_earlier_export_as_it_was()
    {
        OddRuns.Write(Runs, Good);
        OddRuns.Write(Runs, Other);
        Export();
        var before = File.ReadAllText(folder.File("out", "export.json"));
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            RunsExporter.Export(Options(ExportFormat.Csv), _ => stop.Cancel(), stop.Token)
        );

        Assert.Equal(before, File.ReadAllText(folder.File("out", "export.json")));
        AssertNothingElse("out", "runs");
    }

    [Fact]
    public void The_dictionary_has_every_column_of_every_table_with_its_unit()
    {
        OddRuns.Write(Runs, Good);

        Export();

        var told = Named(CsvText.Parse(File.ReadAllText(folder.File("out", "columns.csv"))));
        foreach (var table in LogTables.All)
            Assert.Equal(
                table.Columns.Select(column => (column.Name, column.Unit, column.Meaning, table.Kind)),
                told.Where(row => row["table"] == table.Name)
                    .Select(row => (row["column"], row["unit"], row["meaning"], row["kind"]))
            );
        Assert.Contains(told, row => row["table"] == "cells" && row["column"] == "config.LowRank.Rank");
        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("out", "columns.json")));
        Assert.Equal(told.Count, json.RootElement.GetArrayLength());
    }

    [Fact]
    public void A_knob_that_is_whole_in_every_cell_is_a_number_where_this_version_knows_it_as_one()
    {
        OddRuns.Cell(Runs, Good, [OddRuns.Run(Good)]);
        var options = Options(ExportFormat.Parquet) with
        {
            Knob = path => path == "LowRank.Rank" ? new Column(path, ColumnType.Number, "rank", "m") : null,
        };

        RunsExporter.Export(options, _ => { }, CancellationToken.None);

        var told = Named(CsvText.Parse(File.ReadAllText(folder.File("out", "columns.csv"))));
        var rank = told.Single(row => row["column"] == "config.LowRank.Rank");
        Assert.Equal(("number", "rank"), (rank["type"], rank["unit"]));
    }

    private ExportResult Export(ExportFormat format = ExportFormat.Csv, params SweepFile[] sweeps) =>
        RunsExporter.Export(
            Options(format) with
            {
                Sweeps = sweeps,
                WithOtherCells = sweeps.Length == 0,
            },
            _ => { },
            CancellationToken.None
        );

    private ExportOptions Options(ExportFormat format) =>
        new()
        {
            Runs = Runs,
            Format = format,
            Output = folder.File("out"),
        };

    private static SweepFile Plan(params SweepCell[] cells) => new() { Name = "s", Cells = cells };

    private void AssertNothingElse(params string[] names) =>
        Assert.Equal(
            names,
            Directory
                .GetFileSystemEntries(folder.Path)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)
        );

    private List<Dictionary<string, object?>> Rows(string name, ExportFormat format = ExportFormat.Csv)
    {
        var table = LogTables.All.Single(table => table.Name == name);
        return
        [
            .. ReadBack
                .Of(format, folder.File("out", TableFile.NameOf(name, format)), table.Columns)
                .Select(row => table.Columns.Zip(row).ToDictionary(pair => pair.First.Name, pair => pair.Second)),
        ];
    }

    private List<Dictionary<string, string>> Problems() =>
        Named(CsvText.Parse(File.ReadAllText(folder.File("out", "problems.csv"))));

    private static List<Dictionary<string, string>> Named(List<List<CsvField>> rows) =>
        [
            .. rows.Skip(1)
                .Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First.Text, pair => pair.Second.Text)),
        ];
}
