namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>
/// The 12 phenomena of the publication. The data names 13 terms: its <c>s-selection</c> (two paradigms) is counted under argument structure
/// there. Terms of other suites are phenomena of their own.
/// </summary>
public static class BlimpPhenomena
{
    private const string SelectionTerm = "s-selection";
    private const string ArgumentStructure = "argument_structure";

    /// <summary>The phenomenon of a <c>linguistics_term</c>.</summary>
    /// <param name="term">The term.</param>
    public static string Of(string term) => term == SelectionTerm ? ArgumentStructure : term;
}
