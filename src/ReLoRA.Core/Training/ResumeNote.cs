namespace ReLoRA.Core.Training;

/// <summary>What a log says of a resume: from where, and what newer checkpoints could not be used and why.</summary>
public static class ResumeNote
{
    private const string Beginning = "resumed after step ";
    private const string PassingOver = " passed over: ";

    /// <summary>Whether a note tells of a resume.</summary>
    /// <param name="note">The note's text.</param>
    public static bool TellsOfResume(string note) => note.StartsWith(Beginning, StringComparison.Ordinal);

    /// <summary>Whether a note tells of a resume that could not use the newest checkpoint.</summary>
    /// <param name="note">The note's text.</param>
    public static bool TellsOfDamage(string note) =>
        TellsOfResume(note) && note.Contains(PassingOver, StringComparison.Ordinal);

    internal static string Of(long step, IReadOnlyList<PassedOver> passedOver, int ranksBefore = 1, int ranks = 1) =>
        FormattableString.Invariant($"{Beginning}{step}")
        + (
            ranks == ranksBefore
                ? ""
                : FormattableString.Invariant(
                    $"; processes from here on {ranks}, before {ranksBefore}: equal to rounding, not to the bit"
                )
        )
        + string.Concat(
            passedOver.Select(one =>
                FormattableString.Invariant($"; checkpoint step_{one.Step}{PassingOver}{one.Reason}")
            )
        );
}
