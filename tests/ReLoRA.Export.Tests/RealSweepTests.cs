using ReLoRA.Export.Tests.Support;
using ReLoRA.Results.Log;
using ReLoRA.Results.Tables;
using ReLoRA.Testing;

namespace ReLoRA.Export.Tests;

/// <summary>The logs of a sweep that was trained, out of every format and by readers that are not ours, against the rows that C# reads.</summary>
public sealed class RealSweepTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<ExportFormat> Formats => [.. Enum.GetValues<ExportFormat>()];

    public void Dispose() => folder.Dispose();

    /// <summary>Parquet is read by DuckDB.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_table_of_every_format_is_what_the_logs_hold(ExportFormat format)
    {
        var made = RealRuns.Export(folder.File("out"), format);

        AssertSame(RealRuns.Options(folder.File("out"), format), made);
        Assert.Empty(made.Problems);
    }

    /// <summary>Damage, a record of a later kind, texts that take quoting, and a cell that is in no sweep.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_table_of_runs_with_problems_is_what_the_logs_hold(ExportFormat format)
    {
        var options = OddRuns.WithProblems(folder, format, folder.File("out"));

        var made = RunsExporter.Export(options, _ => { }, CancellationToken.None);

        Assert.Equal(["damaged", "unknown_kind"], made.Problems.Select(problem => problem.Kind).Order());
        AssertSame(options, made);
    }

    [Fact]
    public void The_sweep_has_rows_in_every_table_that_a_healthy_run_has()
    {
        var made = RealRuns.Export(folder.File("out"), ExportFormat.Csv);

        Assert.Equal(
            ["spikes", "other_records", "problems"],
            made.Tables.Where(table => table.Rows == 0).Select(table => table.Name)
        );
    }

    [Fact]
    public void Exported_steps_are_the_records_that_the_log_reader_gives()
    {
        RealRuns.Export(folder.File("out"), ExportFormat.Csv);
        var table = LogTables.All.Single(table => table.Name == "steps");

        var found = ReadBack.Of(ExportFormat.Csv, FileOf(table.Name, ExportFormat.Csv), table.Columns);

        Assert.Equal(
            RealRuns
                .Plan.Cells.SelectMany(cell =>
                    RunLogReader.Read(RealRuns.Folder.Cell(cell.Id).LogPath).Records<StepRecord>()
                )
                .Select(step => (step.Step, step.Tokens, step.Loss, step.LearningRate, step.GradientNorm)),
            found.Select(row => ((long)row[1]!, (long)row[2]!, (double)row[3]!, (double)row[4]!, (double)row[5]!))
        );
    }

    private void AssertSame(ExportOptions options, ExportResult made)
    {
        var tables = ExpectedTable.AllOf(options, made);
        Assert.Equal(ExportTables.Names, tables.Select(table => table.Name));
        foreach (var table in tables)
        {
            Values.AssertSame(
                table.Name,
                table.Rows,
                ReadBack.Of(options.Format, FileOf(table.Name, options.Format), table.Columns)
            );
            Assert.Equal(table.Rows.Count, made.Tables.Single(one => one.Name == table.Name).Rows);
        }
    }

    private string FileOf(string table, ExportFormat format) => folder.File("out", TableFile.NameOf(table, format));
}
