namespace ReLoRA.Core.Pickle;

/// <summary>Makes the faults of one file.</summary>
internal sealed class Refusal(string path)
{
    private const int LongestShown = 100;

    public PickleException Of(PickleFault fault, string what, Exception? cause = null) =>
        new(fault, $"{path} is refused: {what}.", cause);

    /// <summary>A text of the file's, shortened and without what could move a console's cursor.</summary>
    public static string Shown(string text) =>
        string.Concat(
            text.Take(LongestShown).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter)
        ) + (text.Length > LongestShown ? "..." : "");
}
