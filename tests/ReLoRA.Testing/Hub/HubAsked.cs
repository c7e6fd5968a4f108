namespace ReLoRA.Testing.Hub;

/// <summary>What a local hub was asked.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Headers by their names in lower case.</param>
public sealed record HubAsked(string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Whether a file's bytes are asked for.</summary>
    public bool IsFile => Target.Contains("/resolve/", StringComparison.Ordinal);

    /// <summary>The host by which the hub was called.</summary>
    public string Host => Headers["host"];

    /// <summary>The token sent, with its scheme; null where none was.</summary>
    public string? Authorization => Headers.GetValueOrDefault("authorization");

    /// <summary>The range asked for; null for all.</summary>
    public string? Range => Headers.GetValueOrDefault("range");
}
