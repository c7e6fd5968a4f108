using System.CommandLine;
using System.Globalization;
using ReLoRA.Data;
using ReLoRA.Data.Inspection;
using ReLoRA.Data.Shards;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora data inspect</c>.</summary>
internal static class DataInspectCommand
{
    public static Command Create()
    {
        var folders = new Argument<string[]>("dataset")
        {
            Description = "Dataset folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        var unigram = new Option<string?>("--unigram")
        {
            Description = "A training dataset: print the others' cross-entropy under its unigram model instead.",
        };
        var rows = new Option<int>("--rows")
        {
            Description = "How many of the first rows to print as text.",
            DefaultValueFactory = _ => 2,
        };
        var top = new Option<int>("--top")
        {
            Description = "How many of the most frequent tokens to list.",
            DefaultValueFactory = _ => 10,
        };
        var tokenizer = new Option<string?>("--tokenizer")
        {
            Description =
                "The tokenizer that made them. Default: a tokenizer.json or .model beside or above the dataset.",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("inspect", "Show what is in datasets.")
        {
            folders,
            rows,
            top,
            tokenizer,
            unigram,
            json,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(unigram) is { } train)
                PrintUnigram(output, train, parsed.GetRequiredValue(folders), parsed.GetValue(json));
            else
            {
                foreach (var folder in parsed.GetRequiredValue(folders))
                    Print(
                        output,
                        folder,
                        parsed.GetValue(tokenizer),
                        AtLeastZero(parsed.GetValue(rows), "--rows"),
                        AtLeastZero(parsed.GetValue(top), "--top"),
                        parsed.GetValue(json)
                    );
            }
            return 0;
        });
        return command;
    }

    private static void Print(TextWriter output, string folder, string? tokenizer, int rows, int top, bool json)
    {
        using var data = TokenDataset.Open(folder);
        var opened = DatasetTokenizer.Find(data, tokenizer);
        using var progress = DataProgress.OnStandardError();
        var statistics = TokenStatistics.Of(
            data,
            top,
            row => progress.Report(folder, string.Create(CultureInfo.InvariantCulture, $"row {row:N0}"))
        );
        progress.Dispose();
        var view = new DatasetView(data, statistics, opened);
        if (json)
            DataOutput.WriteJson(output, view.ToJson(rows));
        else
            view.Print(output, rows);
    }

    private static int AtLeastZero(int value, string option) =>
        value >= 0
            ? value
            : throw new DataException(DataFault.InvalidValue, $"{option} is {value}; allowed: 0 and more.");

    private static void PrintUnigram(TextWriter output, string train, string[] folders, bool json)
    {
        var report = UnigramReport.Create(train, folders);
        if (json)
        {
            DataOutput.WriteJson(output, report);
            return;
        }
        output.WriteLine($"{report.Model}, {report.Unit}");
        foreach (var domain in report.Domains.Append(report.Overall))
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{domain.Name, -16} {domain.Tokens, 10:N0} tokens  {domain.CrossEntropy:F4}  perplexity {domain.Perplexity:F1}"
                )
            );
        }
    }
}
