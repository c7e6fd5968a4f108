using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Core.Benchmarks;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using ReLoRA.GpuBench;
using TorchSharp;

var size = Choice("--size", [.. TrainShape.Sizes]);
var method = Choice("--method", [.. TrainShape.Methods]);
var type = Choice("--dtype", [.. TrainShape.Types]);
var device = Choice("--device", "cuda", "cpu");
var recompute = new Option<bool>("--recompute");
var (batch, sequence) = (Number("--batch", 16), Number("--seq", 2048));
var (microBatch, steps, warmup) = (Number("--micro-batch", 0), Number("--steps", 10), Number("--warmup", 3));
var command = new RootCommand(
    "Times training steps of the published decoders; prints the keys of 'relora bench train --json'."
);
foreach (var option in (Option[])[size, method, type, device, recompute, batch, sequence, microBatch, steps, warmup])
    command.Options.Add(option);
command.SetAction(parsed =>
{
    if (TorchLoader.Report.Fault is { } fault)
        throw new DllNotFoundException(fault);
    // Its kernels register themselves when it is loaded, and TorchSharp would look for another name.
    var kernels = Path.Combine(TorchLoader.Report.StagedPath!, "libtorch_cuda.so");
    if (parsed.GetValue(device) == "cuda" && File.Exists(kernels))
        NativeLibrary.Load(kernels);
    var shape = TrainShape.Named(
        parsed.GetValue(size)!,
        parsed.GetValue(method)!,
        parsed.GetValue(type)!,
        parsed.GetValue(batch),
        parsed.GetValue(sequence),
        parsed.GetValue(recompute)
    );
    if (parsed.GetValue(microBatch) is > 0 and var rows)
        shape = shape with { MicroBatch = rows };
    DeviceRules.Require(parsed.GetValue(device)!, shape.Precision);
    var found = TrainBenchmark.Run(
        shape,
        new torch.Device(parsed.GetValue(device)!),
        parsed.GetValue(warmup),
        parsed.GetValue(steps),
        TimeProvider.System
    );
    Console.WriteLine(
        JsonSerializer.Serialize(
            new GpuFigures(
                "relora",
                parsed.GetValue(size)!,
                parsed.GetValue(method)!,
                shape.Batch,
                shape.Sequence,
                parsed.GetValue(type)!,
                parsed.GetValue(device)!,
                shape.MicroBatch,
                found.TokensPerSecond,
                found.ProcessorSecondsPerStep,
                found.Loss,
                found.OperationsPerToken * found.TokensPerSecond / 1e12
            ),
            GpuFigures.Options
        )
    );
});
try
{
    return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UserFaultException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}

static Option<string> Choice(string name, params string[] values)
{
    var option = new Option<string>(name) { DefaultValueFactory = _ => values[0] };
    option.AcceptOnlyFromAmong(values);
    return option;
}

static Option<int> Number(string name, int value) => new(name) { DefaultValueFactory = _ => value };
