namespace ReLoRA.Core.Dynamics.Published;

/// <summary>A tensor's published name, taken apart.</summary>
/// <param name="Linear">The linear as this lab names it, for example <c>layers.3.attention.v_proj</c>.</param>
/// <param name="Part">Which part of it.</param>
internal sealed record PublishedName(string Linear, LinearPart Part)
{
    /// <summary>What DeepSpeed, the trainer and the model's file put before a name.</summary>
    private static readonly string[] Wrappers = ["_forward_module.", "module.", "pico_decoder."];

    private static readonly (string Ending, LinearPart Part)[] Adapters =
    [
        (".A_lora", LinearPart.A),
        (".B_lora", LinearPart.B),
    ];

    public static PublishedName Of(string name)
    {
        while (Array.Find(Wrappers, part => name.StartsWith(part, StringComparison.Ordinal)) is { } wrapper)
            name = name[wrapper.Length..];
        name = Without(name, ".weight");
        foreach (var (ending, part) in Adapters)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return new PublishedName(Without(name, ending), part);
        }
        return new PublishedName(name, LinearPart.Linear);
    }

    private static string Without(string name, string ending) =>
        name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;
}
