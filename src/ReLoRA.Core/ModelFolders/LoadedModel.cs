using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.ModelFolders;

/// <summary>A model read from a folder, and what the folder says of it.</summary>
/// <param name="Decoder">The model.</param>
/// <param name="Config">Its shape and adapters; the other settings of a run are defaults.</param>
/// <param name="BeginOfText">The token that texts begin with (<c>bos_token_id</c>), if the folder names one.</param>
/// <param name="EndOfText">The token that ends a text (<c>eos_token_id</c>), if the folder names one.</param>
public sealed record LoadedModel(Decoder Decoder, RunConfig Config, int? BeginOfText, int? EndOfText) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Decoder.Dispose();
}
