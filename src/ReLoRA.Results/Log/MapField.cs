namespace ReLoRA.Results.Log;

/// <summary>Where a key and its value lie among a record's bytes.</summary>
/// <param name="Key">Where the key's text begins.</param>
/// <param name="KeyLength">The text's length in bytes.</param>
/// <param name="Value">Where the value begins.</param>
internal readonly record struct MapField(int Key, int KeyLength, int Value);
