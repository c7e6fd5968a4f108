using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ReLoRA.Core.Native;

/// <summary>
/// Makes TorchSharp loadable without a copy of libtorch in every output folder, on distributions whose libstdc++ is older than
/// the one its native shim was linked with: docs/native-loading.md. Called by a module initializer of every executable.
/// </summary>
public static class TorchLoader
{
    private const string TorchSharp = "TorchSharp";
    private static readonly Lock Gate = new();
    private static TorchLoaderReport? report;
    private static volatile bool preparing;
    private static volatile bool deferred;

    /// <summary>What was found and done; <see cref="Ensure"/> runs first if it has not.</summary>
    public static TorchLoaderReport Report => Ensure();

    /// <summary>Has <see cref="Ensure"/> run when TorchSharp is loaded, which is before any of its code.</summary>
    public static void EnsureOnFirstUse()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => EnsureFor(loaded.LoadedAssembly);
        foreach (var loaded in AppDomain.CurrentDomain.GetAssemblies())
            EnsureFor(loaded);
    }

    /// <summary>
    /// Leaves that to whoever comes to use a tensor after all, who calls <see cref="Ensure"/> first, as is done before a script that names
    /// TorchSharp. For commands that name its types and need none of its 490 MB, such as the check of a script.
    /// </summary>
    public static void Defer()
    {
        deferred = true;
        // Where the machine has no libtorch of its own, whoever forgot is served too.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            name.Contains("torch", StringComparison.OrdinalIgnoreCase) && Ensure().StagedPath is { } folder
                ? Load(folder, name)
                : 0;
    }

    /// <summary>
    /// Finds the native libraries, stages a loadable set if the machine needs one, and answers TorchSharp's own loads. Does
    /// nothing the second time, and never throws: a fault is in the report, and TorchSharp itself will fail with it.
    /// </summary>
    public static TorchLoaderReport Ensure()
    {
        preparing = true;
        lock (Gate)
            return report ??= Prepare();
    }

    private static void EnsureFor(Assembly loaded)
    {
        // Preparing itself loads TorchSharp, which is told here, perhaps to another thread that must not be waited for.
        if (!preparing && !deferred && loaded.GetName().Name == TorchSharp)
            Ensure();
    }

    private static TorchLoaderReport Prepare()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return new TorchLoaderReport
            {
                Notes = "Only linux-x64 needs and has staged libraries.",
                KernelsFault = MatrixKernels.IsAsked ? "this is not linux-x64" : null,
            };
        var shim = NativePlaces.Find("libLibTorchSharp.so", "TorchSharpNative");
        var torch = NativePlaces.Find("libtorch_cpu.so", "LibTorchNative");
        var found = new TorchLoaderReport { ShimPath = shim, LibTorchPath = torch };
        if (shim is null || torch is null)
            return found with
            {
                Fault =
                    $"{(shim is null ? "libLibTorchSharp.so" : "libtorch_cpu.so")} was not found. "
                    + "Restore the packages of the build (dotnet restore), or set RELORA_LIBTORCH to the folder that holds the libraries.",
            };
        try
        {
            var rebind = !StandardLibrary.HasNewestSymbols();
            var folder = ShimStage.Prepare(shim, Path.GetDirectoryName(torch)!, rebind);
            AnswerLoads(folder);
            var staged = found with { StagedPath = folder, Rebound = rebind };
            return MatrixKernels.IsAsked ? WithProcessorKernels(staged, folder) : staged;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidDataException or DllNotFoundException)
        {
            return found with { Fault = e.Message };
        }
    }

    private static TorchLoaderReport WithProcessorKernels(TorchLoaderReport staged, string folder)
    {
        LoadFirst(folder);
        var fault = MatrixKernels.Answer(Load(folder, "torch_cpu"));
        return staged with { ProcessorKernels = fault is null, KernelsFault = fault };
    }

    private static void AnswerLoads(string folder)
    {
        if (OtherLibTorch.IsOnSearchPath())
            LoadFirst(folder);
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Load(folder, name);
        try
        {
            NativeLibrary.SetDllImportResolver(Assembly.Load(TorchSharp), (name, _, _) => Load(folder, name));
        }
        catch (InvalidOperationException)
        {
            // The assembly has a resolver already; the event above still serves it.
        }
    }

    /// <summary>A library that is loaded already answers to its bare name, whatever else the search path holds.</summary>
    private static void LoadFirst(string folder)
    {
        foreach (var library in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" })
            _ = NativeLibrary.Load(Path.Combine(folder, library));
    }

    private static nint Load(string folder, string name)
    {
        var candidates = new[] { $"lib{name}.so", name, $"{name}.so" }.Select(file => Path.Combine(folder, file));
        return candidates.FirstOrDefault(File.Exists) is { } path ? NativeLibrary.Load(path) : 0;
    }
}
