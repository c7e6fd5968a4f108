using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary>Options on what is asked of Slurm. Each can also stand in the script, <c>.Slurm(...)</c>, or in a site's profile.</summary>
internal sealed class SlurmOptions
{
    private readonly Option<string?> partition = new("--partition")
    {
        Description = "The partition. Default: the site's own.",
    };
    private readonly Option<string?> time = new("--time")
    {
        Description =
            "Time limit of a task, such as 8:00:00, 1-12 or 90m. A task that reaches it saves and begins again. Default: the partition's own.",
    };
    private readonly Option<int?> gpus = new("--gpus")
    {
        Description = "GPUs of a task. With any, cells train on the device cuda. Default: 0.",
    };
    private readonly Option<int?> cpus = new("--cpus")
    {
        Description = "Cores of a task, which its cells share. Default: one a cell and process.",
    };
    private readonly Option<string?> memory = new("--mem")
    {
        Description = "Memory of a task, such as 8G. Default: the partition's own.",
    };
    private readonly Option<int?> arrayLimit = new("--array-limit")
    {
        Description =
            "Tasks that run at once, at most. Given here, it changes jobs of the sweep that wait or run already, too. Default: 0, any number.",
    };
    private readonly Option<string?> account = new("--account")
    {
        Description = "The account that pays. Default: your own.",
    };
    private readonly Option<string?> setup = new("--setup")
    {
        Description = "A file of shell lines that prepare a node, such as 'module load dotnet'.",
        HelpName = "FILE",
    };
    private readonly Option<string[]> arguments = new("--sbatch-arg")
    {
        Description = "A further option of sbatch, such as --sbatch-arg=--exclude=node7. May be given several times.",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<int?> pack = new("--pack")
    {
        Description = "Cells of a task, trained at once on its cores and GPUs. Default: 1.",
    };
    private readonly Option<int?> ranks = new("--ranks")
    {
        Description =
            "Processes that train each cell together, on the task's node, by OpenMPI's mpirun; not with GPUs. Default: 1.",
    };
    private readonly Option<string?> warning = new("--warning")
    {
        Description = "How long before its time limit a task is warned, to save. Default: 2m.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
        [partition, time, gpus, cpus, memory, arrayLimit, account, setup, arguments, pack, ranks, warning];

    /// <summary>What the command line says.</summary>
    /// <exception cref="UserFaultException">A time is none.</exception>
    public SlurmChoice Choice(ParseResult parsed) =>
        new()
        {
            Place = "the command line",
            Partition = parsed.GetValue(partition),
            Time = Time(parsed.GetValue(time), "--time"),
            Gpus = parsed.GetValue(gpus),
            Cpus = parsed.GetValue(cpus),
            Memory = parsed.GetValue(memory),
            ArrayLimit = parsed.GetValue(arrayLimit),
            Account = parsed.GetValue(account),
            SetupFile = parsed.GetValue(setup),
            Arguments = parsed.GetValue(arguments) ?? [],
            Pack = parsed.GetValue(pack),
            Ranks = parsed.GetValue(ranks),
            Warning = Time(parsed.GetValue(warning), "--warning"),
        };

    private static TimeSpan? Time(string? text, string option) =>
        text is null ? null
        : SlurmChoice.ReadTime(text) is { } time ? time
        : throw new UserFaultException($"{option} is '{text}'; allowed: {SlurmChoice.TimeForms}. Correct it.");
}
