using static TorchSharp.torch;

// T: positions, H: heads, D: head width.
namespace ReLoRA.Core.Models.Pico;

/// <summary>
/// Rotary position embedding (Su et al. 2021) over interleaved pairs: features (2i, 2i+1) at position p turn by
/// <c>p * theta^(-2i/D)</c>.
/// </summary>
public sealed class RotaryTable : IDisposable
{
    private readonly Tensor turns_TC;
    private readonly ScalarType type;

    internal RotaryTable(int positions, int headWidth, double theta, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        type = dtype.Wide();
        var angles = RotaryAngles.Of(positions, headWidth, theta, type);
        turns_TC = polar(ones_like(angles), angles).to(device).DetachFromDisposeScope();
    }

    /// <summary>Turns queries or keys.</summary>
    /// <param name="x_BTHD">(batch, positions, heads, head width).</param>
    /// <param name="start">Position of the first row.</param>
    public Tensor Rotate(Tensor x_BTHD, int start = 0)
    {
        var (batch, length, heads, width) = (x_BTHD.shape[0], x_BTHD.shape[1], x_BTHD.shape[2], x_BTHD.shape[3]);
        // Queries and keys may come in 16 bits, of which there are no complex numbers.
        var pairs = view_as_complex(x_BTHD.to(type).reshape(batch, length, heads, width / 2, 2));
        var turns = turns_TC.narrow(0, start, length).view(1, length, 1, width / 2);
        return view_as_real(pairs * turns).flatten(3).to(x_BTHD.dtype);
    }

    /// <summary>Cosine and sine of each position's turns, views: (positions, head width / 2).</summary>
    internal (Tensor Cosines_TC, Tensor Sines_TC) Parts => (turns_TC.real, turns_TC.imag);

    /// <inheritdoc/>
    public void Dispose() => turns_TC.Dispose();
}
