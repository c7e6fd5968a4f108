using static TorchSharp.torch;

namespace ReLoRA.Core.Models.Pico;

/// <summary><c>w_2 (silu(w_0 x) * w_1 x)</c> (Shazeer 2020).</summary>
public sealed class SwiGLU
{
    internal SwiGLU(string name, DecoderBuilder build)
    {
        var (width, hidden) = (build.Model.Width, build.Model.HiddenWidth);
        Gate = build.Linear($"{name}.w_0", hidden, width);
        Up = build.Linear($"{name}.w_1", hidden, width);
        Down = build.Linear($"{name}.w_2", width, hidden);
    }

    /// <summary>w_0, (hidden, width).</summary>
    public DecoderLinear Gate { get; }

    /// <summary>w_1, (hidden, width).</summary>
    public DecoderLinear Up { get; }

    /// <summary>w_2, (width, hidden).</summary>
    public DecoderLinear Down { get; }

    /// <summary>Applies the layer to each position.</summary>
    /// <param name="x">(..., width).</param>
    /// <param name="training">Whether dropout acts.</param>
    public Tensor Forward(Tensor x, bool training) =>
        Down.Forward(nn.functional.silu(Gate.Forward(x, training)) * Up.Forward(x, training), training);
}
