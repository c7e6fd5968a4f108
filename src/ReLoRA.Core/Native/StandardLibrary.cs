using System.Runtime.InteropServices;

namespace ReLoRA.Core.Native;

/// <summary>The machine's C++ standard library.</summary>
internal static class StandardLibrary
{
    /// <summary>The symbol of GLIBCXX_3.4.32 that TorchSharp's shim asks for.</summary>
    private const string NewestSymbol = "_ZSt21ios_base_library_initv";

    public static bool HasNewestSymbols() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var handle)
        && NativeLibrary.TryGetExport(handle, NewestSymbol, out _);
}
