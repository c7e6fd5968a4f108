using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Language;

/// <summary>How a sweep searches: what <c>RandomSearch(...)</c>, <c>Sobol(...)</c> and <c>Tpe(...)</c> return.</summary>
public sealed record DeclaredSearch
{
    internal DeclaredSearch(string call, SamplerKind kind, Objective objective, ScriptPlace place) =>
        (Call, Kind, Objective, Place) = (call, kind, objective, place);

    internal string Call { get; }

    internal SamplerKind Kind { get; }

    internal Objective Objective { get; }

    internal ScriptPlace Place { get; }

    internal int Trials { get; init; }

    internal long Seed { get; init; }

    internal int Parallel { get; init; } = 1;

    internal DeclaredHalving? Halving { get; init; }

    /// <summary>Stops trials early that do worse than others at the same number of tokens.</summary>
    /// <param name="halving">For example <c>Asha(eta: 3, minTokens: 122_880)</c>.</param>
    /// <exception cref="Core.UserFaultException">It is given already, or null.</exception>
    public DeclaredSearch With(DeclaredHalving halving)
    {
        if (halving is null)
            throw ScriptFault.At(Place, $"{Call}.With: allowed: Asha(...).");
        if (Halving is not null)
            throw ScriptFault.At(halving.Place, $"{Call}.With: given already at {Halving.Place}. A search has one.");
        return this with { Halving = halving };
    }
}
