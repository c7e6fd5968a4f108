namespace ReLoRA.Core.Dynamics.Published;

/// <summary>Whether the parts of a linear fit each other: libtorch ends the process at shapes that do not multiply.</summary>
internal static class LinearShapes
{
    /// <summary>What is wrong with a linear, if anything.</summary>
    public static string? Fault(DynamicsKind kind, string linear, IReadOnlyDictionary<LinearPart, long[]> parts)
    {
        if (parts.FirstOrDefault(part => part.Value.Length != 2) is { Value: { } shape } odd)
            return $"{linear} {odd.Key} has the shape {Text(shape)}; allowed: two sizes.";
        var w = parts.GetValueOrDefault(LinearPart.Linear);
        var a = parts.GetValueOrDefault(LinearPart.A);
        var b = parts.GetValueOrDefault(LinearPart.B);
        if (a is null != b is null)
            return $"{linear} has {(a is null ? "B_lora" : "A_lora")} without {(a is null ? "A_lora" : "B_lora")}.";
        return a is null || b is null || Fit(kind, w, a, b)
            ? null
            : $"{linear} has A_lora {Text(a)} and B_lora {Text(b)}, which do not fit"
                + (w is null ? " each other." : $" {Text(w)}.");
    }

    private static bool Fit(DynamicsKind kind, long[]? w, long[] a, long[] b) =>
        kind == DynamicsKind.Activations
            // A sample is a row; the linear's outputs are B's.
            ? a[0] == b[0] && (w is null || (w[0] == b[0] && w[1] == b[1]))
            : b[1] == a[0] && (w is null || (w[0] == b[0] && w[1] == a[1]));

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";
}
