namespace ReLoRA.Core.Native;

/// <summary>What <see cref="TorchLoader"/> found and did.</summary>
public sealed record TorchLoaderReport
{
    /// <summary>TorchSharp's native shim, or <see langword="null"/> where it was not found.</summary>
    public string? ShimPath { get; init; }

    /// <summary>libtorch, or <see langword="null"/> where it was not found.</summary>
    public string? LibTorchPath { get; init; }

    /// <summary>The folder the libraries are loaded from, or <see langword="null"/> where none was staged.</summary>
    public string? StagedPath { get; init; }

    /// <summary>Whether symbols newer than this machine's libstdc++ were rebound in the staged copy.</summary>
    public bool Rebound { get; init; }

    /// <summary>Whether MKL goes by the processor's instructions because it was asked to: <see cref="MatrixKernels"/>.</summary>
    public bool ProcessorKernels { get; init; }

    /// <summary>Why it does not although it was asked to; <see langword="null"/> where it does, or was not asked.</summary>
    public string? KernelsFault { get; init; }

    /// <summary>What keeps TorchSharp from loading, with the remedy; <see langword="null"/> where nothing does.</summary>
    public string? Fault { get; init; }

    /// <summary>Anything else worth telling.</summary>
    public string Notes { get; init; } = "";
}
