using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <summary>How a cell's full-rank partner is made.</summary>
/// <param name="Change">Makes the partner from the cell.</param>
/// <param name="Place">Where the script says so.</param>
internal sealed record BaselineRule(Func<RunConfig, RunConfig> Change, ScriptPlace Place)
{
    public static RunConfig FullRank(RunConfig config) =>
        config with
        {
            LowRank = config.LowRank with { Method = LowRankMethod.FullRank },
            Schedule =
                config.Schedule.Kind == ScheduleKind.JaggedCosine
                    ? config.Schedule with
                    {
                        Kind = ScheduleKind.Cosine,
                    }
                    : config.Schedule,
        };
}
