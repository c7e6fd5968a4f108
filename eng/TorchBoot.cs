using System.Runtime.CompilerServices;
using ReLoRA.Core.Native;

internal static class TorchBoot
{
#pragma warning disable CA2255 // A library's initializer runs too late: TorchSharp's first load failure is permanent.
    [ModuleInitializer]
    internal static void Initialize() => TorchLoader.EnsureOnFirstUse();
#pragma warning restore CA2255
}
