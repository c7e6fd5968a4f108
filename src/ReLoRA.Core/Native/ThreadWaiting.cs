using System.Runtime.InteropServices;

namespace ReLoRA.Core.Native;

/// <summary>How libtorch's threads wait for each other.</summary>
public static partial class ThreadWaiting
{
    private const string Policy = "OMP_WAIT_POLICY";

    /// <summary>
    /// Lets them sleep while they wait, unless the user's environment says otherwise: spinning costs a factor of five where another process wants the core. Has an
    /// effect only before this process first computes with tensors, since OpenMP reads its environment as it is loaded.
    /// </summary>
    public static void Yield()
    {
        // Environment.SetEnvironmentVariable changes what .NET sees, and not what a native library does.
        if (OperatingSystem.IsLinux())
            _ = SetVariable(Policy, "PASSIVE", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
