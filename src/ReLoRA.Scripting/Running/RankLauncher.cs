using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Distributed;

namespace ReLoRA.Scripting.Running;

/// <summary>Starts the processes that share a cell, through OpenMPI's <c>mpirun</c> on this machine.</summary>
public static class RankLauncher
{
    /// <summary>The option by which a worker learns which process the runner knows.</summary>
    public const string LaunchedAs = "--launched-as";

    private const string Program = "mpirun";

    // As for one worker. In a session of its own, since the terminal's Ctrl+C would have mpirun end what is to save first; both replace the shell and
    // keep its process id, by which the runner knows the cell's worker.
    internal const string AppendAndBecome = "exec setsid \"$@\" " + LaunchedAs + " $$ >>\"$0\" 2>&1";

    /// <summary>What comes before the worker's own command.</summary>
    /// <param name="ranks">The number of processes.</param>
    /// <param name="variable">Gives an environment variable.</param>
    /// <exception cref="UserFaultException">There is no <c>mpirun</c>, or not OpenMPI's.</exception>
    public static IReadOnlyList<string> Command(int ranks, Func<string, string?> variable) =>
        [
            Require(variable),
            "-n",
            ranks.ToString(CultureInfo.InvariantCulture),
            // Not a matter of course: several cells at once would all be bound to the first cores.
            "--bind-to",
            "none",
            "--oversubscribe",
        ];

    /// <summary>What comes after it, but the process id.</summary>
    /// <param name="hangAfter">How long the processes may be silent; null for ever.</param>
    internal static IReadOnlyList<string> Options(TimeSpan? hangAfter) =>
        [
            "--hang-after",
            hangAfter is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s") : "off",
        ];

    /// <summary>Sets what they need in their environment.</summary>
    internal static void Apply(IDictionary<string, string?> environment)
    {
        // Each of them would take itself for a run of its own.
        environment.Remove(RankPlace.AloneVariable);
        // .NET's console writes a control sequence into the log otherwise.
        environment["TERM"] = "dumb";
        // In a container root is the only user; elsewhere it is the user's own choice to be root.
        environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        environment["OMPI_MCA_mpi_yield_when_idle"] = "1";
    }

    /// <summary>Where <c>mpirun</c> is; null where it is in no folder of PATH.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    public static string? Find(Func<string, string?> variable) =>
        (variable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists);

    private static string Require(Func<string, string?> variable) =>
        Find(variable)
        ?? throw new UserFaultException(
            $"--ranks needs {Program} of OpenMPI, which is in no folder of PATH. Install it (Debian: apt-get install openmpi-bin libopenmpi3 "
                + "libpmix2) or load its module, or leave --ranks out."
        );
}
