using System.Text.Json;

namespace ReLoRA.Data.Converting;

/// <summary>What a conversion does. An interrupted one goes on only with the same plan.</summary>
/// <param name="Column">The column of ids.</param>
/// <param name="HashSources">Whether sources are hashed.</param>
/// <param name="Ids">What the manifest says of them.</param>
/// <param name="Sources">The files in their order.</param>
internal sealed record ConvertPlan(string Column, bool HashSources, IdSpace Ids, IReadOnlyList<PlannedSource> Sources)
{
    /// <exception cref="DataException">An input is missing, or what made the ids is not told.</exception>
    public static ConvertPlan Of(ConvertOptions options)
    {
        if (options.Threads < 1)
            throw new DataException(
                DataFault.InvalidValue,
                $"The number of threads is {options.Threads}; allowed: 1 and more. Correct --threads."
            );
        var ids = IdSpace.Of(options.Origin);
        return new ConvertPlan(
            options.Column,
            options.HashSources,
            ids,
            [.. SourceFinder.Find(options.Inputs).Select(PlannedSource.Of)]
        );
    }

    /// <summary>The plan as one line of text: equal plans give equal lines.</summary>
    public string Line() => JsonSerializer.Serialize(this);
}
