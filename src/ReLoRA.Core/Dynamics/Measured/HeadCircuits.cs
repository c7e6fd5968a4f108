using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

// W: model width, D: head width, H: heads.
namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>
/// Circuits of attention heads (Elhage et al. 2021): what a head writes of what it reads, <c>O_h V_h</c>, and what it looks for in what it
/// reads, <c>Q_h' K_h</c>; and the published code's product in the other order, all heads side by side too.
/// </summary>
internal static class HeadCircuits
{
    /// <summary>The circuits of one layer.</summary>
    /// <param name="block">The block.</param>
    /// <param name="count">Its query heads.</param>
    /// <param name="target">Which circuit.</param>
    public static IReadOnlyList<MeasuredTensor> Of(DecoderBlock block, int count, ProbeTarget target)
    {
        var name = block.AttentionName + (IsOv(target) ? ".ov" : ".qk");
        var heads = Enumerable
            .Range(0, count)
            .Select(head => new MeasuredTensor(
                FormattableString.Invariant($"{name}.head_{head}"),
                // A product of stored numbers, computed in 64 bits.
                float64,
                () => Factors(block.Heads().ElementAt(head), target)
            ));
        return IsPublished(target)
            ? [.. heads, new MeasuredTensor(name, float64, () => SideBySide(block, target))]
            : [.. heads];
    }

    private static bool IsOv(ProbeTarget target) => target is ProbeTarget.OvCircuit or ProbeTarget.OvCircuitPublished;

    private static bool IsPublished(ProbeTarget target) =>
        target is ProbeTarget.OvCircuitPublished or ProbeTarget.QkCircuitPublished;

    private static (Tensor Left, Tensor Right) Factors(HeadWeights head, ProbeTarget target)
    {
        var (left, right) = target switch
        {
            ProbeTarget.OvCircuit => (head.Output_WD, head.Value_DW),
            ProbeTarget.OvCircuitPublished => (head.Value_DW, head.Output_WD),
            ProbeTarget.QkCircuit => (head.Query_DW.t(), head.Key_DW),
            _ => (head.Query_DW, head.Key_DW.t()),
        };
        return (left.cpu(), right.cpu());
    }

    private static Tensor SideBySide(DecoderBlock block, ProbeTarget target) =>
        cat(
            [
                .. block
                    .Heads()
                    .Select(head =>
                    {
                        var (left_DW, right_WD) = Factors(head, target);
                        return mm(left_DW, right_WD);
                    }),
            ],
            dim: 1
        );
}
