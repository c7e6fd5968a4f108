using System.Globalization;

namespace ReLoRA.Cli.Commands;

/// <summary>What a number of seeds allows to say.</summary>
internal static class EvalCompareSeeds
{
    public static string Note(int seeds) =>
        seeds == 1
            ? "One run a side: the intervals say how the choice of items moves the figures, and nothing of how another seed would. Give folders of several seeds' items for that."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{seeds} runs a side, paired in the order of their files' names. Few runs say little of run-to-run variance: the intervals are then too narrow."
            );
}
