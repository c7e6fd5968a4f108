using System.CommandLine;
using ReLoRA.Results.Benchmarks;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora bench log</c>.</summary>
internal static class BenchLogCommand
{
    public static Command Create()
    {
        var rounds = CountOption.Create("--rounds", "Rounds; ratios are medians over them.", 9);
        var records = CountOption.Create("--records", "Step records of a round.", 100_000);
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("log", "Time the run log against bare MessagePack over the same records.")
        {
            rounds,
            records,
            json,
        };
        command.SetAction(parsed =>
        {
            var folder = Directory.CreateTempSubdirectory("relora-bench-");
            try
            {
                var figures = LogBenchmark.Run(
                    Path.Combine(folder.FullName, "log.msgpack"),
                    parsed.GetValue(rounds),
                    parsed.GetValue(records),
                    TimeProvider.System
                );
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                    DataOutput.WriteJson(output, figures);
                else
                    output.Write(Text(figures));
                return 0;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static string Text(LogFigures figures)
    {
        string[] lines =
        [
            Line(
                "written",
                figures.WrittenPerSecond,
                $"{figures.WrittenToBare:N2} of a bare MessagePack writer into memory"
            ),
            Line("bare writer", figures.BareWrittenPerSecond, $"the same values, no checksums, no file"),
            Line("read", figures.ReadPerSecond, $"{figures.ReadToSkipped:N2} of skipping: checked, typed"),
            Line("skipped", figures.SkippedPerSecond, $"by MessagePack's reader, which looks at nothing"),
            FormattableString.Invariant(
                $"{figures.BytesPerRecord:N0} bytes a record; medians of {figures.Rounds} rounds of {figures.Records:N0} step records on one core"
            ),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Line(string what, double perSecond, FormattableString note) =>
        FormattableString.Invariant($"{what + ":", -13}{perSecond / 1e3, 8:N0} k records/s ")
        + $"({FormattableString.Invariant(note)})";
}
