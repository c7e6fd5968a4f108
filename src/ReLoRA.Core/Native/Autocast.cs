using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ReLoRA.Core.Native;

/// <summary>
/// Mixed precision while it lives: libtorch rounds the operands of matrix products and of attention to 16 bits, and leaves sums that need it in 32. Weights keep
/// their 32 bits. TorchSharp has no binding for it, so libtorch's own exported functions are called. For this thread only.
/// </summary>
internal sealed partial class Autocast : IDisposable
{
    private readonly int device;
    private readonly bool before;

    private Autocast(int device)
    {
        this.device = device;
        before = IsEnabled(device);
        SetType(device, (sbyte)ScalarType.BFloat16);
        SetEnabled(device, true);
    }

    /// <summary>Begins it on a device.</summary>
    public static Autocast Begin(Device device) => new((int)device.type);

    /// <summary>The type that operands of matrix products are rounded to now.</summary>
    /// <param name="operand">An operand.</param>
    public static ScalarType TypeOf(Tensor operand) =>
        IsEnabled((int)operand.device_type) ? ScalarType.BFloat16 : operand.dtype;

    /// <summary>Ends it, and forgets the rounded copies of weights, which the next update makes stale.</summary>
    public void Dispose()
    {
        SetEnabled(device, before);
        ClearCache();
    }

    /// <summary>
    /// Forgets the rounded copies of weights. Those made without gradients would be taken again where gradients are wanted, and stop them.
    /// </summary>
    public static void Forget() => ClearCache();

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb")]
    private static partial void SetEnabled(int device, [MarshalAs(UnmanagedType.U1)] bool isEnabled);

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE")]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool IsEnabled(int device);

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE")]
    private static partial void SetType(int device, sbyte type);

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at8autocast11clear_cacheEv")]
    private static partial void ClearCache();
}
