using System.Security.Cryptography;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Names the merged weights, so that two runs can be compared at a reset without their checkpoints.</summary>
internal static class WeightsHash
{
    /// <summary>SHA-256 over the bytes of every linear's stored weight, in the model's order.</summary>
    public static string Of(IEnumerable<ReLoRALinear> linears)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var scope = TorchSharp.torch.NewDisposeScope();
        foreach (var linear in linears)
            hash.AppendData(linear.Weight.detach().cpu().contiguous().bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
