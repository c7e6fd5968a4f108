using System.CommandLine;
using ReLoRA.Data.Benchmarks;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora bench data</c>.</summary>
internal static class BenchDataCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("dataset") { Description = "A dataset folder." };
        var batch = CountOption.Create("--batch", "Rows of a batch.", 16);
        var rounds = CountOption.Create("--rounds", "Rounds; ratios are medians over them.", 9);
        var rows = new Option<long>("--rows")
        {
            Description = "Rows that each loop reads in a round.",
            DefaultValueFactory = _ => 200_000,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("data", "Time the token stream against bare loops over the same map.")
        {
            folder,
            batch,
            rounds,
            rows,
            json,
        };
        command.SetAction(parsed =>
        {
            var figures = StreamBenchmark.Run(
                parsed.GetRequiredValue(folder),
                parsed.GetValue(batch),
                parsed.GetValue(rounds),
                parsed.GetValue(rows),
                TimeProvider.System
            );
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                DataOutput.WriteJson(output, figures);
            else
                output.Write(Text(figures));
            return 0;
        });
        return command;
    }

    private static string Text(StreamFigures figures)
    {
        string[] lines =
        [
            Line("stream", figures.StreamTokensPerSecond, "M tokens/s", $"{figures.StreamToBare:N2} of the bare loop"),
            Line("bare loop", figures.BareTokensPerSecond, "M tokens/s", $"the same rows in the same order, widened"),
            Line("map, read", figures.WalkBytesPerSecond, "MB/s", $"{figures.WalkToCopy:N2} of copying"),
            Line("map, copied", figures.CopyBytesPerSecond, "MB/s", $"in stored order"),
            FormattableString.Invariant(
                $"{figures.BytesAllocatedPerRow:N1} bytes allocated for each row; medians of {figures.Rounds} rounds of {figures.Rows:N0} rows"
            ),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Line(string what, double perSecond, string unit, FormattableString note) =>
        FormattableString.Invariant($"{what + ":", -13}{perSecond / 1e6, 8:N0} {unit, -11} ")
        + $"({FormattableString.Invariant(note)})";
}
