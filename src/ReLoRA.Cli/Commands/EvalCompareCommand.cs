using System.CommandLine;
using ReLoRA.Analysis;
using ReLoRA.Analysis.Paired;
using ReLoRA.Core;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora eval compare</c>.</summary>
internal static class EvalCompareCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("A") { Description = Side("one model") };
        var second = new Argument<string>("B") { Description = Side("the other") };
        var resamples = CountOption.Create(
            "--resamples",
            "How often a bootstrap draws anew.",
            Bootstrap.DefaultResamples,
            least: 100
        );
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("compare", "Compare two models on the same minimal pairs or documents.")
        {
            first,
            second,
            resamples,
            json,
        };
        command.SetAction(parsed =>
        {
            var (a, b) = (
                EvalCompareSide.Read(parsed.GetRequiredValue(first)),
                EvalCompareSide.Read(parsed.GetRequiredValue(second))
            );
            if (a.Seeds.Count != b.Seeds.Count)
                throw new UserFaultException(
                    $"{a.Path} has {a.Seeds.Count} file(s) of items, {b.Path} has {b.Seeds.Count}; allowed: as many of one model as of the "
                        + "other, one a seed, in the order of their names."
                );
            Print(a, b, parsed.GetValue(resamples), parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Side(string whose) =>
        $"The items of {whose}: a .csv or .arrow that 'relora eval blimp' or 'perplexity' wrote by --items, or a folder of them, one a seed.";

    private static void Print(EvalCompareSide a, EvalCompareSide b, int resamples, bool json, TextWriter output)
    {
        var arePairs = a.Seeds[0].Has(EvalComparePairs.Right);
        if (!arePairs && !a.Seeds[0].Has(EvalCompareDocuments.Nats))
            throw new UserFaultException(
                $"{a.Seeds[0].Path} has neither a column '{EvalComparePairs.Right}' nor '{EvalCompareDocuments.Nats}'; allowed: items of "
                    + "'relora eval blimp' or 'relora eval perplexity'."
            );
        if (arePairs)
        {
            var found = EvalComparePairs.Of(a, b, resamples);
            Write(json, output, found, () => EvalComparePairsView.Of(a.Path, b.Path, found));
        }
        else
        {
            var (found, unit) = EvalCompareDocuments.Of(a, b, resamples);
            Write(
                json,
                output,
                new
                {
                    Unit = unit,
                    Seeds = a.Seeds.Count,
                    Groups = found.Select(one => new
                    {
                        one.Group,
                        one.Name,
                        one.Documents,
                        one.First,
                        one.Second,
                        Ratio = one.Ratio.Value,
                        Interval = one.Documents > 1 ? new[] { one.Ratio.Low, one.Ratio.High } : null,
                    }),
                },
                () => EvalCompareDocumentsView.Of(a, b, found, unit)
            );
        }
    }

    private static void Write(bool json, TextWriter output, object found, Func<Table> table)
    {
        if (json)
            DataOutput.WriteJson(output, found);
        else
            output.Write(TableText.Render(table(), 0));
    }
}
