using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Native;
using ReLoRA.Scripting.Running;
using TorchSharp;

namespace ReLoRA.Cli.Doctor;

/// <summary>Looks at everything the lab needs from a machine.</summary>
internal static class Examination
{
    public static IReadOnlyList<Finding> Run() =>
        [
            new("runtime", RuntimeInformation.FrameworkDescription),
            new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}"),
            .. Torch(),
            Processor(),
            Threads(),
            Unicode(),
            Cache(),
            Memory(),
            Processes(),
        ];

    private static IEnumerable<Finding> Torch()
    {
        var report = TorchLoader.Report;
        yield return new(
            "libtorch",
            report.LibTorchPath ?? "not found",
            report.LibTorchPath is not null,
            report.Fault ?? ""
        );
        yield return new(
            "native shim",
            report.StagedPath is null
                ? "not staged"
                : $"{report.StagedPath}{(report.Rebound ? " (rebound to this libstdc++)" : "")}",
            report.Fault is null,
            report.Fault ?? ""
        );
        if (report.Fault is not null)
            yield break;
        yield return Arithmetic();
        yield return Products(report);
        yield return torch.cuda.is_available()
            ? new("gpu", $"{torch.cuda.device_count()} CUDA device(s)")
            : new("gpu", "none; training runs on the processor");
    }

    private static Finding Arithmetic()
    {
        try
        {
            using var ones = torch.ones(3);
            using var sum = ones.sum();
            return new("tensors", $"TorchSharp {torch.__version__}, 1 + 1 + 1 = {sum.item<float>():G}");
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException)
        {
            return new(
                "tensors",
                e.Message,
                false,
                "Run 'dotnet restore', or set RELORA_LIBTORCH to a folder with libtorch."
            );
        }
    }

    private static Finding Products(TorchLoaderReport report) =>
        report switch
        {
            { ProcessorKernels: true } => new("products", "MKL goes by the processor's instructions, as asked"),
            { KernelsFault: { } fault } => new(
                "products",
                $"{MatrixKernels.Variable} has no effect: {fault}",
                false,
                $"Unset {MatrixKernels.Variable}."
            ),
            _ when MatrixKernels.IsUnknown => new(
                "products",
                "MKL takes plain kernels on a processor that is not Intel's",
                Remedy: $"{MatrixKernels.Variable}={MatrixKernels.Processor} makes training in 32 bits up to 1.5 times faster: docs/training-engine.md."
            ),
            _ => new("products", "MKL goes by the processor's instructions"),
        };

    private static Finding Processor()
    {
        (string Name, bool There)[] features =
        [
            ("avx2", Avx2.IsSupported),
            ("fma", Fma.IsSupported),
            ("avx512f", Avx512F.IsSupported),
            (
                "avx512_bf16",
                File.Exists("/proc/cpuinfo")
                    && File.ReadAllText("/proc/cpuinfo").Contains("avx512_bf16", StringComparison.Ordinal)
            ),
        ];
        var there = features.Where(feature => feature.There).Select(feature => feature.Name).ToList();
        return new(
            "processor",
            there.Count == 0 ? "no vector extensions" : string.Join(", ", there),
            Avx2.IsSupported,
            Avx2.IsSupported ? "" : "Training will be several times slower; use a processor with AVX2."
        );
    }

    private static Finding Threads() =>
        new(
            "threads",
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} available"),
            Remedy: Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 } limit
                ? $"OMP_NUM_THREADS={limit} is set and limits every worker; unset it to let 'run' decide."
                : ""
        );

    private static Finding Unicode()
    {
        var works = "e\u0301".Normalize().Length == 1;
        return new(
            "unicode",
            works ? "normalisation works" : "normalisation does nothing",
            works,
            works
                ? ""
                : "Tokenizers would give other ids. Install ICU (libicu72 on Debian 12) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT."
        );
    }

    private static Finding Cache()
    {
        var root = CacheFolders.Root;
        return root is null
            ? new("cache", "no home folder", Remedy: "Set XDG_CACHE_HOME to keep prepared libraries between starts.")
            : new("cache", $"{root} ({(Directory.Exists(root) ? $"{Size(root)} KiB" : "not made yet")})");
    }

    private static Finding Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return new("memory", string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):F1} GiB"));
    }

    private static Finding Processes() =>
        (MpiCollective.IsHere, RankLauncher.Find(Environment.GetEnvironmentVariable)) switch
        {
            (true, { } mpirun) => new("processes", $"OpenMPI, {mpirun}: one run on several processes by --ranks"),
            (true, null) => new("processes", "OpenMPI's library without mpirun in PATH, which --ranks needs"),
            (false, { } mpirun) => new("processes", $"{mpirun} without OpenMPI's libmpi.so.40, which --ranks needs"),
            _ => new("processes", "no OpenMPI; --ranks needs it"),
        };

    /// <summary>Links to libtorch count as nothing: it lies elsewhere.</summary>
    private static long Size(string root) =>
        new DirectoryInfo(root)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.LinkTarget is null)
            .Sum(file => file.Length) / 1024;
}
