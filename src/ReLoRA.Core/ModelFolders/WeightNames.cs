namespace ReLoRA.Core.ModelFolders;

/// <summary>The published names of weights. Files write them with a prefix, and some without.</summary>
internal static class WeightNames
{
    /// <summary>What files of this lab, and those published, begin each name with.</summary>
    public const string Prefix = "pico_decoder.";

    private static readonly string[] Known = [Prefix, "model."];

    /// <summary>A name without prefixes.</summary>
    public static string Bare(string name)
    {
        while (Array.Find(Known, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            name = name[prefix.Length..];
        return name;
    }
}
