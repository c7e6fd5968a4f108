using ReLoRA.Core;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Slurm;

/// <summary>How a sweep is submitted: what every task of its array job asks for.</summary>
public sealed record SlurmSettings
{
    /// <summary>The partition. Default: empty, the site's own.</summary>
    public string Partition { get; init; } = "";

    /// <summary>The time limit of a task, above <see cref="Warning"/>. A task that reaches it saves and begins again. Default: null, the partition's own.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>GPUs of a task, 0 to 64; with any, cells train on the device <c>cuda</c>. Default: 0.</summary>
    public int Gpus { get; init; }

    /// <summary>Cores of a task, 1 to 1024, at least <see cref="Pack"/> times <see cref="Ranks"/>, which share them. Default: that, a core a process.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Memory of a task, a number with K, M, G or T. Default: empty, the partition's own.</summary>
    public string Memory { get; init; } = "";

    /// <summary>Tasks that run at once, at most; 0 to 100,000. Default: 0, any number.</summary>
    public int ArrayLimit { get; init; }

    /// <summary>The account that pays. Default: empty, the user's own.</summary>
    public string Account { get; init; } = "";

    /// <summary>Shell lines that prepare a node, such as <c>module load dotnet</c>. Default: empty.</summary>
    public string Setup { get; init; } = "";

    /// <summary>Further options of <c>sbatch</c>, such as <c>--exclude=node7</c>. Default: none.</summary>
    public EquatableList<string> Arguments { get; init; } = [];

    /// <summary>Cells of a task, trained at once, 1 to 64. Default: 1.</summary>
    public int Pack { get; init; } = 1;

    /// <summary>Processes that train each cell together, on the task's node, 1 to 64; more than one not on GPUs. Default: 1.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>How long before its time limit a task is warned, to save; 10 seconds to an hour, whole seconds. Default: 2 minutes.</summary>
    public TimeSpan Warning { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Threads of each process that trains.</summary>
    public int Threads => Math.Max(1, Cpus / (Pack * Ranks));

    /// <summary>The device on which cells train.</summary>
    public string Device => Gpus > 0 ? "cuda" : "cpu";

    /// <summary>Puts together what several places say.</summary>
    /// <param name="choices">The places, the weightiest first.</param>
    /// <exception cref="UserFaultException">Values are out of their range, or a file of shell lines cannot be read; the message lists all.</exception>
    public static SlurmSettings Of(IReadOnlyList<SlurmChoice> choices)
    {
        var faults = choices.SelectMany(SlurmFaults.Of).ToList();
        var (most, setup) = (new SlurmSettings(), Setups(choices, faults));
        var pack = First(choice => choice.Pack) ?? most.Pack;
        var ranks = First(choice => choice.Ranks) ?? most.Ranks;
        var settings = new SlurmSettings
        {
            Partition = choices.Select(choice => choice.Partition).FirstOrDefault(Given) ?? "",
            Time = First(choice => choice.Time),
            Gpus = First(choice => choice.Gpus) ?? most.Gpus,
            Cpus = First(choice => choice.Cpus) ?? pack * ranks,
            Memory = choices.Select(choice => choice.Memory).FirstOrDefault(Given) ?? "",
            ArrayLimit = First(choice => choice.ArrayLimit) ?? most.ArrayLimit,
            Account = choices.Select(choice => choice.Account).FirstOrDefault(Given) ?? "",
            Setup = setup,
            Arguments = [.. choices.AsEnumerable().Reverse().SelectMany(choice => choice.Arguments)],
            Pack = pack,
            Ranks = ranks,
            Warning = First(choice => choice.Warning) ?? most.Warning,
        };
        faults.AddRange(SlurmFaults.Between(settings, choices));
        return faults.Count == 0
            ? settings
            : throw new UserFaultException(
                $"What is asked of Slurm cannot be had, nothing was submitted:\n{string.Join('\n', faults.Select(fault => $"  {fault}"))}"
            );

        T? First<T>(Func<SlurmChoice, T?> value)
            where T : struct => choices.Select(value).FirstOrDefault(found => found is not null);
    }

    private static bool Given(string? text) => text is not null;

    private static string Setups(IReadOnlyList<SlurmChoice> choices, List<string> faults)
    {
        if (choices.FirstOrDefault(choice => choice.SetupFile is not null) is not { SetupFile: { } file } choice)
            return "";
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(
                $"{choice.Place}: setup is '{file}', which cannot be read: {e.Message} allowed: a file of shell lines."
            );
            return "";
        }
    }
}
