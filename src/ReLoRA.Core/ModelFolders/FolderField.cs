namespace ReLoRA.Core.ModelFolders;

/// <summary>A key of <c>config.json</c> and the knob of <see cref="Configuration.ModelConfig"/> that it is.</summary>
/// <param name="Key">The published key.</param>
/// <param name="Knob">The knob's name.</param>
/// <param name="Otherwise">The published default, taken where the key is missing; null where it may not be.</param>
internal sealed record FolderField(string Key, string Knob, object? Otherwise = null);
