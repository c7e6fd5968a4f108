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

    /// <summary>That the run goes on in another number of processes; empty where it does not.</summary>
    /// <param name="before">How many there were.</param>
    /// <param name="now">How many there are.</param>
    internal static string Processes(int before, int now) =>
        now == before
            ? ""
            : FormattableString.Invariant(
                $"; processes from here on {now}, before {before}: equal to rounding, not to the bit"
            );

    internal static string Of(long step, IReadOnlyList<PassedOver> passedOver, int ranksBefore = 1, int ranks = 1) =>
        FormattableString.Invariant($"{Beginning}{step}")
        + Processes(ranksBefore, ranks)
        + string.Concat(
            passedOver.Select(one =>
                FormattableString.Invariant($"; checkpoint step_{one.Step}{PassingOver}{one.Reason}")
            )
        );
}
