using ReLoRA.Export.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Export.Tests;

/// <summary>The logs of a sweep that was trained, read by other languages with the code of docs/export.md, against the rows that C# reads.</summary>
[Trait("Category", "Slow")]
public sealed class ForeignReadersTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string PrintPandas = """

        import sys

        def text(v):
            return "\x1a" if pd.isna(v) else repr(float(v)) if isinstance(v, float) else str(v)

        for name in sys.argv[2:]:
            value = read_table(sys.argv[1], name)
            for row in [value.columns, *value.itertuples(index=False)]:
                print("\x1f".join(map(text, row)), end="\x1e")
            print(end="\x1d")
        """;

    private const string PrintR = """

        arguments <- commandArgs(TRUE)
        text <- function(v) {
          if (is.character(v)) return(ifelse(is.na(v), "\x1a", v))
          t <- if (is.numeric(v)) sprintf("%.17g", v) else as.character(v)
          t[is.na(v) & !is.nan(v)] <- "\x1a"
          t
        }
        out <- file("/dev/stdout", "wb")
        for (name in arguments[-1]) {
          value <- read_table(arguments[1], name)
          rows <- if (nrow(value) > 0) do.call(paste, c(unname(lapply(value, text)), sep = "\x1f")) else character(0)
          printed <- paste0(c(paste(names(value), collapse = "\x1f"), rows), "\x1e", collapse = "")
          writeBin(charToRaw(enc2utf8(paste0(printed, "\x1d"))), out)
        }
        close(out)
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pandas_reads_the_CSV_files_value_by_value()
    {
        if (!File.Exists(Python) || Foreign.Run(folder.Path, Python, "-c", "import pandas").Code != 0)
            Assert.Skip("there is no pandas: apt-get install python3-pandas");

        // It has one value for what is missing and for NaN.
        Compare(Python, Foreign.Documented("python") + PrintPandas, value => value is double.NaN ? null : value);
    }

    [Fact]
    public void R_reads_the_CSV_files_value_by_value() =>
        // It turns a carriage return and a line feed inside a text into a line feed.
        Compare(
            "Rscript",
            Foreign.Documented("r") + PrintR,
            value => value is string text ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : value
        );

    [Fact]
    public void Apache_Arrow_for_JavaScript_reads_the_Feather_files_value_by_value()
    {
        foreach (var name in new[] { "package.json", "read.mjs" })
            File.Copy(
                Repository.PathOf("tests", "ReLoRA.Export.Tests", "Fixtures", "arrow-js", name),
                folder.File(name)
            );
        var (code, output, errors) = Foreign.Run(
            folder.Path,
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--no-package-lock"
        );
        if (code != 0)
            Foreign.Missing($"npm install: {output}{errors}", Environment.GetEnvironmentVariable("CI"));
        var options = RealRuns.Options(folder.File("out"), ExportFormat.Feather);
        var made = RunsExporter.Export(options, _ => { }, CancellationToken.None);

        var tables = Printed("node", folder.File("read.mjs"), options.Output);

        foreach (var (table, printed) in ExpectedTable.AllOf(options, made).Zip(tables))
            Values.AssertSame(table.Name, table.Rows, Foreign.Table(printed, table.Columns));
    }

    [Fact]
    public void Packages_that_cannot_be_fetched_fail_in_CI_and_are_skipped_elsewhere()
    {
        var (inCi, elsewhere) = (Thrown("true"), Thrown(null));

        Assert.IsType<Xunit.Sdk.FalseException>(inCi);
        Assert.IsType<Xunit.Sdk.SkipException>(elsewhere);
        Assert.Contains("no network", inCi.Message, StringComparison.Ordinal);

        // Assert.Throws lets a skip through.
        static Exception? Thrown(string? ci)
        {
            try
            {
                Foreign.Missing("no network", ci);
                return null;
            }
            catch (Exception thrown) when (thrown is Xunit.Sdk.FalseException or Xunit.Sdk.SkipException)
            {
                return thrown;
            }
        }
    }

    /// <summary>Each table of the trained sweep, and of a log of odd numbers and texts, as the program prints it, against the logs.</summary>
    private void Compare(string program, string code, Func<object?, object?> seen)
    {
        var script = folder.File("read");
        File.WriteAllText(script, code);
        var odd = OddRuns.WithProblems(folder, ExportFormat.Csv, folder.File("odd"));
        foreach (var runs in new[] { RealRuns.Options(folder.File("out"), ExportFormat.Csv), odd })
        {
            var made = RunsExporter.Export(runs, _ => { }, CancellationToken.None);
            var tables = ExpectedTable.AllOf(runs, made);
            foreach (var (table, printed) in tables.Zip(Printed(program, script, runs.Output)))
            {
                // No reader of CSV of these tells an empty text from a missing one.
                var expected = table
                    .Rows.Select(row => row.Select(value => value is "" ? null : seen(value)).ToArray())
                    .ToList();
                Values.AssertSame(table.Name, expected, Foreign.Table(printed, table.Columns));
            }
        }
    }

    private string[] Printed(string program, string script, string output)
    {
        var (code, printed, errors) = Foreign.Run(folder.Path, program, [script, output, .. ExportTables.Names]);
        Assert.True(code == 0, errors);
        var tables = printed.Split(Foreign.TableEnd);
        Assert.Equal(ExportTables.Names.Count + 1, tables.Length);
        return tables[..^1];
    }
}
