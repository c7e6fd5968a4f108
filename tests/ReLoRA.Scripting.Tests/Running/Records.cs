using ReLoRA.Results.Log;

namespace ReLoRA.Scripting.Tests.Running;

/// <summary>Records with nothing in particular in them.</summary>
internal static class Records
{
    public static RunRecord Run() =>
        new()
        {
            Format = 1,
            Cell = "",
            Config = "",
            Method = "",
            Semantics = "",
            SemanticsVersion = 1,
            Seed = "",
            Parameters = 0,
            TrainableParameters = 0,
            Steps = 0,
            TokensPerStep = 0,
            TrainData = "",
            EvaluationData = "",
            Threads = 1,
            Device = "",
            MicroBatch = 1,
        };
}
