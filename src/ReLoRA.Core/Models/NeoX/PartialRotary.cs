using ReLoRA.Core.Native;
using static TorchSharp.torch;

// B: batch, T: positions, H: heads, D: head width, R: features that turn, C: R/2.
namespace ReLoRA.Core.Models.NeoX;

/// <summary>
/// Rotary position embedding (Su et al. 2021) of the first R features of each head, its halves paired: features i and i + R/2 at
/// position p turn by <c>p * theta^(-2i/R)</c>. The other features stay as they are.
/// </summary>
public sealed class PartialRotary : IDisposable
{
    private readonly int turning;
    private readonly Tensor cosines_TC;
    private readonly Tensor sines_TC;

    internal PartialRotary(int positions, int turning, double theta, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        this.turning = turning;
        var angles = RotaryAngles.Of(positions, turning, theta, dtype.Wide()).to(device);
        cosines_TC = angles.cos().DetachFromDisposeScope();
        sines_TC = angles.sin().DetachFromDisposeScope();
    }

    /// <summary>Turns queries or keys.</summary>
    /// <param name="x_BTHD">(batch, positions, heads, head width).</param>
    /// <param name="start">Position of the first row.</param>
    public Tensor Rotate(Tensor x_BTHD, int start = 0)
    {
        var (length, width) = (x_BTHD.shape[1], x_BTHD.shape[3]);
        var half = turning / 2;
        var cosines_TC = this.cosines_TC.narrow(0, start, length).view(1, length, 1, half);
        var sines_TC = this.sines_TC.narrow(0, start, length).view(1, length, 1, half);
        var (first, second) = (x_BTHD.narrow(3, 0, half), x_BTHD.narrow(3, half, half));
        var turnedFirst = (first * cosines_TC) - (second * sines_TC);
        var turnedSecond = (second * cosines_TC).Plus(first * sines_TC);
        return cat([turnedFirst, turnedSecond, x_BTHD.narrow(3, turning, width - turning)], 3).to(x_BTHD.dtype);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cosines_TC.Dispose();
        sines_TC.Dispose();
    }
}
