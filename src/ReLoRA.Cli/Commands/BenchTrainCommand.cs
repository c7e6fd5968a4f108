using System.CommandLine;
using System.Text.Json;
using ReLoRA.Core.Benchmarks;
using ReLoRA.Core.Training;
using ReLoRA.Scripting.Running;
using TorchSharp;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora bench train</c>.</summary>
internal static class BenchTrainCommand
{
    private static readonly Option<string> Size = Choice(
        "--size",
        "Model: the published decoders.",
        [.. TrainShape.Sizes]
    );
    private static readonly Option<string> Method = Choice("--method", "Method.", [.. TrainShape.Methods]);
    private static readonly Option<string> Type = Choice(
        "--dtype",
        "32 bits, mixed precision, or a GPU's TF32.",
        [.. TrainShape.Types]
    );
    private static readonly Option<string> Device = Choice("--device", "Device.", "cpu", "cuda");
    private static readonly Option<string> Surroundings = Choice(
        "--environment",
        "'worker' measures in the environment that 'relora run' gives its workers, 'mine' in this shell's.",
        "worker",
        "mine"
    );
    private static readonly Option<int> Batch = CountOption.Create("--batch", "Sequences of a step.", 8);
    private static readonly Option<int> Sequence = CountOption.Create("--seq", "Tokens of a sequence.", 256);
    private static readonly MemoryOptions Fit = new("all", "what is available, less a tenth");
    private static readonly Option<int> Steps = CountOption.Create("--steps", "Steps that count.", 5);
    private static readonly Option<int> Warmup = CountOption.Create("--warmup", "Steps before them.", 1, least: 0);
    private static readonly Option<int> Threads = CountOption.Create(
        "--threads",
        "Threads.",
        Environment.ProcessorCount
    );
    private static readonly Option<bool> Json = new("--json") { Description = "Print one line of JSON." };

    public static Command Create()
    {
        var command = new Command("train", "Time training steps of the published models on random ids.");
        foreach (
            var option in (Option[])
                [Size, Method, Type, Batch, Sequence, .. Fit.All, Steps, Warmup, Threads, Device, Surroundings, Json]
        )
            command.Options.Add(option);
        command.SetAction(
            (parsed, _) =>
                parsed.GetValue(Surroundings) == "worker" && !ThisProgram.RunsAsWorker
                    ? ThisProgram.RunAsWorkerAsync(parsed.Tokens.Select(token => token.Value), parsed.GetValue(Threads))
                    : Task.FromResult(Run(parsed))
        );
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var shape = Shape(parsed);
        var threads = parsed.GetValue(Threads);
        DeviceRules.Require(parsed.GetValue(Device)!, shape.Precision);
        torch.set_num_threads(threads);
        var device = new torch.Device(parsed.GetValue(Device));
        var found = TrainBenchmark.Run(
            shape,
            device,
            parsed.GetValue(Warmup),
            parsed.GetValue(Steps),
            TimeProvider.System
        );
        var figures = new BenchTrainFigures(
            "relora",
            torch.__version__,
            parsed.GetValue(Size)!,
            parsed.GetValue(Method)!,
            shape.Batch,
            shape.Sequence,
            parsed.GetValue(Type)!,
            parsed.GetValue(Device)!,
            threads,
            found.TokensPerSecond,
            found.ProcessorSecondsPerStep,
            found.Loss,
            found.PeakBytes / (double)(1 << 20),
            shape.MicroBatch,
            shape.Recompute,
            MemoryEstimate.Of(shape.Config, shape.MicroBatch, shape.Recompute).Total / (double)(1 << 20)
        );
        var output = parsed.InvocationConfiguration.Output;
        output.WriteLine(
            parsed.GetValue(Json)
                ? JsonSerializer.Serialize(figures, CommandJson.Line)
                : FormattableString.Invariant(
                    $"{figures.Size} {figures.Method}, {figures.Batch} x {figures.Seq} by {figures.MicroBatch}{(figures.Recompute ? ", recomputed" : "")}, {figures.Dtype} on {figures.Device}: {figures.TokensPerS:N0} tokens/s, {figures.CpuSPerStep:N2} s of processor time a step, {figures.PeakRssMb:N0} MB at most, estimated {figures.EstimateMb:N0}"
                )
        );
        return ExitCodes.Success;
    }

    private static TrainShape Shape(ParseResult parsed)
    {
        var shape = TrainShape.Named(
            parsed.GetValue(Size)!,
            parsed.GetValue(Method)!,
            parsed.GetValue(Type)!,
            parsed.GetValue(Batch),
            parsed.GetValue(Sequence),
            Fit.Recompute(parsed) ?? false
        );
        var memory = Fit.Memory(parsed);
        var microBatch = Fit.MicroBatch(parsed)
            ?.Resolve(shape.Config, shape.Recompute, () => memory ?? MachineMemory.Available(parsed.GetValue(Device)!));
        return shape with { MicroBatch = microBatch ?? shape.MicroBatch };
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
