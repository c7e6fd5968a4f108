using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;

namespace ReLoRA.Core.Training;

/// <summary>What is about to be trained, in a sentence for people.</summary>
internal static class RunFacts
{
    private const double Mega = 1e6;

    public static string Of(RunParts parts, ExecutionSettings execution)
    {
        var (config, weights) = (parts.Config, parts.Model.Parameters);
        var adapters = parts.Model.Linears.OfType<ReLoRALinear>().Sum(linear => linear.AdapterCount);
        var ofAdapters = adapters > 0 ? $", {adapters:N0} of them in adapters" : "";
        var memory = MemoryEstimate.Of(config, execution.MicroBatch, execution.Recompute);
        var processes = execution.Ranks > 1 ? FormattableString.Invariant($", on {execution.Ranks} processes") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{weights.ElementCount:N0} parameters ({weights.TrainableElementCount:N0} trained{ofAdapters}), about {MemoryText.Of(memory.Total)} of memory at a micro-batch of {execution.MicroBatch}, {parts.Cost().Training / Mega:N1} MFLOP a token, {config.Steps * config.TokensPerStep:N0} tokens in {config.Steps:N0} steps of {config.TokensPerStep:N0}{processes}"
        );
    }
}
