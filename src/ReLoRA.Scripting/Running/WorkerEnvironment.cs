using System.Globalization;

namespace ReLoRA.Scripting.Running;

/// <summary>The environment of a worker, without which tensor arithmetic on a CPU is several times slower.</summary>
internal static class WorkerEnvironment
{
    /// <summary>Above every tensor: freed memory goes back to the heap for the next step, not to the kernel.</summary>
    private const string NeverGiveBack = "8589934592";

    private const string Allocator = "GLIBC_TUNABLES";
    private const string Waiting = "OMP_WAIT_POLICY";
    private const string Threads = "OMP_NUM_THREADS";
    private const string CountedCalls = "DOTNET_TieredPGO";

    /// <summary>The variables that a worker has.</summary>
    public static IReadOnlyList<string> Names { get; } = [Allocator, Waiting, Threads, CountedCalls];

    /// <summary>Sets what the user has not set.</summary>
    public static void Apply(IDictionary<string, string?> environment, int threads)
    {
        Default(Allocator, $"glibc.malloc.mmap_threshold={NeverGiveBack}:glibc.malloc.trim_threshold={NeverGiveBack}");
        // Threads that spin while they wait cost a factor of five where another process wants the core.
        Default(Waiting, "PASSIVE");
        Default(Threads, threads.ToString(CultureInfo.InvariantCulture));
        // The program does without, since most verbs are over before it pays. Training runs for hours.
        Default(CountedCalls, "1");

        void Default(string name, string value)
        {
            if (!environment.TryGetValue(name, out var set) || string.IsNullOrEmpty(set))
                environment[name] = value;
        }
    }
}
