using System.CommandLine;
using System.Globalization;
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
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("inspect", "Show what is in datasets.") { folders, unigram, json };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(unigram) is { } train)
                PrintUnigram(output, train, parsed.GetRequiredValue(folders), parsed.GetValue(json));
            else
                PrintManifests(output, parsed.GetRequiredValue(folders), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void PrintManifests(TextWriter output, string[] folders, bool json)
    {
        foreach (var folder in folders)
        {
            using var data = TokenDataset.Open(folder);
            if (json)
                DataOutput.WriteJson(output, data.Manifest);
            else
                output.WriteLine($"{DataSummary.Of(folder, data.Manifest)}, id {data.ManifestHash[..12]}");
        }
    }

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
