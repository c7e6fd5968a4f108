using System.Security.Cryptography;
using System.Text;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Estimating;

/// <summary>What the speed of a cell depends on: cells of one shape take the same time for a token.</summary>
/// <param name="Key">A hash; equal for cells of one shape.</param>
internal sealed record CellShape(string Key)
{
    private static readonly RunConfig Defaults = new();

    /// <summary>The shape of a run: the run without its seed, its numbers of optimizer and schedule, and its length.</summary>
    /// <param name="config">The run.</param>
    /// <param name="execution">Threads, device, micro-batch, recomputation and processes.</param>
    public static CellShape Of(RunConfig config, ExecutionSettings execution)
    {
        var text = FormattableString.Invariant(
            $"{ConfigJson.Write(ConfigNormalizer.Normalize(Alike(config)))}|{execution.Threads}|{execution.Device}|{execution.MicroBatch}|{execution.Recompute}{(execution.Ranks > 1 ? $"|{execution.Ranks}" : "")}"
        );
        return new CellShape(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);
    }

    /// <summary>The run with the defaults in place of what its speed does not depend on.</summary>
    /// <param name="config">The run.</param>
    public static RunConfig Alike(RunConfig config) =>
        config with
        {
            Seed = Defaults.Seed,
            Optimizer = Defaults.Optimizer,
            Schedule = Defaults.Schedule,
            Budget = Defaults.Budget,
            LowRank = config.LowRank with { Alpha = Defaults.LowRank.Alpha },
        };
}
