using ReLoRA.Core.LowRank.ReLoRA;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>Turns of a reset that changes no rank.</summary>
internal static class Turns
{
    public static ResetTurn First(ReLoRALinear linear)
    {
        var rank = (int)linear.A.shape[0];
        return new ResetTurn(1, rank, rank);
    }
}
