using System.Globalization;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Planning.Quick;

/// <summary>The small plan of <c>relora run --quick</c>.</summary>
internal static class QuickPlan
{
    /// <summary>Cells that are tried, evenly over the plan; their partners come on top.</summary>
    public const int Cells = 2;

    /// <summary>The declared cells made small, and what a reader should know of it.</summary>
    public static (IReadOnlyList<DeclaredCell> Cells, List<string> Notes) Of(
        IReadOnlyList<DeclaredCell> declared,
        DatasetLocator locator
    )
    {
        var data = new QuickData(locator);
        var tried = Spread(declared)
            .Select(cell =>
                cell with
                {
                    Config = Small(cell.Config),
                    Partner = cell.Partner is null ? null : Small(cell.Partner),
                }
            )
            .ToList();
        var notes = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"quick: {tried.Count} of {declared.Count} declared cells, {QuickConfig.Steps} steps each, of a small model. The figures mean nothing."
            ),
        };
        notes.AddRange(
            data.Missing.Select(missing =>
                $"quick: {missing} is not here; {Presets.Nano.Data.Train} and {Presets.Nano.Evaluation.Perplexity} stand in."
            )
        );
        return (tried, notes);

        RunConfig Small(RunConfig config) => QuickConfig.Of(data.Of(config));
    }

    private static IEnumerable<DeclaredCell> Spread(IReadOnlyList<DeclaredCell> declared) =>
        declared.Count <= Cells
            ? declared
            : Enumerable.Range(0, Cells).Select(i => declared[i * (declared.Count - 1) / (Cells - 1)]);
}
