using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.Distributed;

/// <summary>
/// Compares the weights of all processes by their bytes. What differs once stays different and no figure shows it, so that the run ends there.
/// </summary>
public sealed class WeightsAgreement
{
    private readonly ICollective collective;

    internal WeightsAgreement(ICollective collective) => this.collective = collective;

    /// <summary>Makes the weights those of the first process: what another machine drew or loaded may differ in its last bits.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="optimizer">Whose own copies of weights, from which the next update starts, are made the same too.</param>
    internal void Begin(IEnumerable<Parameter> weights, AdamW optimizer)
    {
        using var frozen = no_grad();
        // Sent and not derived from the weights: after a resume they have digits that weights of 16 bits have not.
        foreach (var value in weights.Select(weight => weight.Value).Concat(optimizer.Masters.Select(one => one.Value)))
        {
            using var scope = NewDisposeScope();
            var host = value.detach().cpu().contiguous();
            collective.Broadcast(host.bytes);
            if (collective.Rank > 0)
                value.copy_(host);
        }
    }

    /// <summary>Ends the run where a weight is not the same in every process.</summary>
    /// <param name="weights">The weights to compare, the same in all processes.</param>
    /// <param name="moment">When, for the message.</param>
    /// <exception cref="RanksDifferException">They differ.</exception>
    public void Require(IEnumerable<Parameter> weights, string moment)
    {
        var all = weights.ToList();
        var own = all.Select(weight => Hash(weight.Value)).ToArray();
        var first = own.ToArray();
        collective.Broadcast(MemoryMarshal.AsBytes(first.AsSpan()));
        var different = own.Zip(first).TakeWhile(pair => pair.First == pair.Second).Count();
        // The number of the first weight that differs, one slot for each process: all learn of it, and none saves what is wrong.
        using var found = zeros(collective.Size, dtype: float64);
        if (different < own.Length)
            found[collective.Rank] = tensor(different + 1.0, dtype: float64);
        collective.AllReduceSum(found);
        var places = found.data<double>().ToArray();
        var rank = Array.FindIndex(places, place => place > 0);
        if (rank >= 0)
            throw new RanksDifferException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{moment}: {all[(int)places[rank] - 1].Name} of process {rank} is not that of process 0. Processes of one run must hold the same weights; "
                )
                    + "what they train from here on would be no run at all, so it ends, and goes on from its last checkpoint when it is run again."
            );
    }

    private static ulong Hash(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return XxHash3.HashToUInt64(weight.detach().cpu().contiguous().bytes);
    }
}
