using System.Globalization;
using System.Runtime.InteropServices;
using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Training;

/// <summary>What is run, on what: a log's first record.</summary>
internal static class RunDescription
{
    public static RunRecord Of(
        string cell,
        RunConfig config,
        Decoder model,
        DatasetHashes data,
        ExecutionSettings execution,
        DateTimeOffset started,
        TrainingCost? cost
    )
    {
        var lowRank = config.LowRank.Method.HasAdapters();
        var linears = model.Linears.OfType<ReLoRALinear>().ToList();
        var adapters = linears.Sum(linear => linear.AdapterCount);
        var idle = linears.Sum(linear => linear.IdleCount(RankRule.First(config.LowRank, linear.Name)));
        return new RunRecord
        {
            Cell = cell,
            Config = ConfigJson.Write(config),
            Method = config.LowRank.Method.ToString(),
            Semantics = lowRank ? config.LowRank.Semantics.ToString() : "",
            SemanticsVersion = CellIdentity.SemanticsVersion,
            Seed = config.Seed.ToString(CultureInfo.InvariantCulture),
            Parameters = model.Parameters.ElementCount - adapters,
            TrainableParameters = model.Parameters.TrainableElementCount - idle,
            Steps = config.Steps,
            TokensPerStep = config.TokensPerStep,
            TrainData = data.Train,
            EvaluationData = data.Evaluation,
            Threads = execution.Threads,
            Device = execution.Device,
            MicroBatch = execution.MicroBatch,
            OperationsPerToken = cost?.Training,
            Recompute = execution.Recompute ? true : null,
            Ranks = execution.Ranks > 1 ? execution.Ranks : null,
            Measured = Surroundings(started),
        };
    }

    private static Dictionary<string, object> Surroundings(DateTimeOffset started)
    {
        var surroundings = new Dictionary<string, object>
        {
            ["started"] = started.ToString("O", CultureInfo.InvariantCulture),
            ["machine"] = Environment.MachineName,
            ["system"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["torchsharp"] = typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString() ?? "",
        };
        if (TorchLoader.Report.ProcessorKernels)
            surroundings["mkl"] = MatrixKernels.Processor;
        return surroundings;
    }
}
