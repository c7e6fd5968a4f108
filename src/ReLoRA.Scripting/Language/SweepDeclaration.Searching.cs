using System.Runtime.CompilerServices;

namespace ReLoRA.Scripting.Language;

/// <content>Searches: docs/search.md.</content>
public sealed partial class SweepDeclaration
{
    internal SearchRule? Searching { get; private set; }

    /// <summary>
    /// Tries some combinations of the axes in place of all: <c>.Range</c> axes are drawn, of <c>.Grid</c>, <c>.Zip</c>, <c>.List</c> and
    /// <c>.Star</c> one value is chosen. Each trial is trained with every seed, and its score is their mean.
    /// </summary>
    /// <param name="search">For example <c>Tpe(trials: 24).With(Asha(eta: 3, minTokens: 122_880))</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A search is given already, or null.</exception>
    public SweepDeclaration Search(
        DeclaredSearch search,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (search is null)
            throw ScriptFault.At(place, ".Search: allowed: RandomSearch(...), Sobol(...) or Tpe(...).");
        if (Searching is not null)
            throw ScriptFault.At(place, $".Search: given already at {Searching.Place}. A sweep has one.");
        Searching = new SearchRule(search, place);
        return this;
    }
}
