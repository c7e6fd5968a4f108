using static TorchSharp.torch;

namespace ReLoRA.Core.Models.NeoX;

/// <summary><c>dense_4h_to_h(gelu(dense_h_to_4h x))</c> with the exact GELU, <c>x * (1 + erf(x / sqrt 2)) / 2</c>.</summary>
public sealed class NeoXMlp
{
    internal NeoXMlp(string name, DecoderBuilder build)
    {
        var (width, hidden) = (build.Model.Width, build.Model.HiddenWidth);
        Up = build.BiasedLinear($"{name}.dense_h_to_4h", hidden, width);
        Down = build.BiasedLinear($"{name}.dense_4h_to_h", width, hidden);
    }

    /// <summary>dense_h_to_4h, (hidden, width).</summary>
    public BiasedLinear Up { get; }

    /// <summary>dense_4h_to_h, (width, hidden).</summary>
    public BiasedLinear Down { get; }

    /// <summary>Applies the layer to each position.</summary>
    /// <param name="x">(..., width).</param>
    /// <param name="training">Whether dropout acts.</param>
    public Tensor Forward(Tensor x, bool training) =>
        Down.Forward(nn.functional.gelu(Up.Forward(x, training)), training);
}
