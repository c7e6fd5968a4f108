using System.Globalization;

namespace ReLoRA.Scripting.Running;

/// <summary>The environment of a worker, without which tensor arithmetic on a CPU is several times slower.</summary>
internal static class WorkerEnvironment
{
    /// <summary>Above every tensor: freed memory goes back to the heap for the next step, not to the kernel.</summary>
    private const string NeverGiveBack = "8589934592";

    /// <summary>Sets what the user has not set.</summary>
    public static void Apply(IDictionary<string, string?> environment, int threads)
    {
        Default(
            "GLIBC_TUNABLES",
            $"glibc.malloc.mmap_threshold={NeverGiveBack}:glibc.malloc.trim_threshold={NeverGiveBack}"
        );
        // Threads that spin while they wait cost a factor of five where another process wants the core.
        Default("OMP_WAIT_POLICY", "PASSIVE");
        Default("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture));

        void Default(string name, string value)
        {
            if (!environment.TryGetValue(name, out var set) || string.IsNullOrEmpty(set))
                environment[name] = value;
        }
    }
}
