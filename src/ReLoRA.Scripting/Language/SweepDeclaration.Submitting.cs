using System.Runtime.CompilerServices;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Language;

/// <content>How the sweep is submitted to a cluster: docs/slurm.md.</content>
public sealed partial class SweepDeclaration
{
    internal SlurmChoice? Submission { get; private set; }

    private ScriptPlace? submissionPlace;

    /// <summary>
    /// Says what <c>relora submit</c> asks of Slurm for each task. The command line goes before it, a site's profile after it. It has no effect on
    /// <c>relora run</c>, nor on any cell.
    /// </summary>
    /// <param name="_">Not given: what follows must be named, <c>.Slurm(partition: "gpu", time: TimeSpan.FromHours(8))</c>.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="time">The time limit of a task.</param>
    /// <param name="gpus">GPUs of a task, 0 to 64; with any, cells train on <c>cuda</c>.</param>
    /// <param name="cpus">Cores of a task, which its cells share, 1 to 1024.</param>
    /// <param name="mem">Memory of a task, such as <c>8G</c>.</param>
    /// <param name="arrayLimit">Tasks that run at once, at most; 0 for any number.</param>
    /// <param name="account">The account that pays.</param>
    /// <param name="setup">A file of shell lines that prepare a node; a relative path is looked for beside the script.</param>
    /// <param name="sbatchArgs">Further options of <c>sbatch</c>.</param>
    /// <param name="pack">Cells of a task, trained at once, 1 to 64.</param>
    /// <param name="ranks">Processes that train each cell together, on the task's node, 1 to 64; more than one not with GPUs.</param>
    /// <param name="warning">How long before its time limit a task is warned, 10 seconds to an hour.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A value is out of its range, or it is given already.</exception>
    public SweepDeclaration Slurm(
        NamedOnly _ = default,
        string? partition = null,
        TimeSpan? time = null,
        int? gpus = null,
        int? cpus = null,
        string? mem = null,
        int? arrayLimit = null,
        string? account = null,
        string? setup = null,
        IReadOnlyList<string>? sbatchArgs = null,
        int? pack = null,
        int? ranks = null,
        TimeSpan? warning = null,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (submissionPlace is not null)
            throw ScriptFault.At(place, $".Slurm: given already at {submissionPlace}. A sweep has one.");
        var choice = new SlurmChoice
        {
            Place = $"{place}: .Slurm",
            Partition = partition,
            Time = time,
            Gpus = gpus,
            Cpus = cpus,
            Memory = mem,
            ArrayLimit = arrayLimit,
            Account = account,
            SetupFile = setup is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, setup),
            Arguments = sbatchArgs ?? [],
            Pack = pack,
            Ranks = ranks,
            Warning = warning,
        };
        var faults = SlurmFaults.Of(choice).ToList();
        if (faults.Count > 0)
            throw new Core.UserFaultException(string.Join('\n', faults));
        (Submission, submissionPlace) = (choice, place);
        return this;
    }
}
