namespace ReLoRA.Scripting.Slurm;

/// <summary>What is to be done where Slurm refuses a job, by its own words.</summary>
internal static class RefusalRemedy
{
    // The first that fits holds: an account's message names partitions too.
    private static readonly (string Words, string Remedy)[] Known =
    [
        ("account or account/partition", "Correct --account, or --partition."),
        ("invalid account", "Correct --account."),
        ("group not permitted", "Correct --partition: this one is not for you."),
        ("invalid partition", PartitionRemedy),
        ("no partition specified", PartitionRemedy),
        ("memory specification", "Correct --mem."),
        ("generic resource", "Correct --gpus: the partition has no such GPUs; sinfo -o '%R %G' tells which it has."),
        ("gres", "Correct --gpus: the partition has no such GPUs; sinfo -o '%R %G' tells which it has."),
        ("cpu count", "Correct --cpus."),
        ("time limit", "Correct --time; sinfo -o '%R %l' tells the partitions' limits."),
        ("node configuration", "No node has that: lower --cpus, --mem or --gpus, or give another --partition."),
        (
            "temporarily unable to accept job",
            "It most likely has as many jobs and tasks as it may (MaxJobCount: scontrol show config). What was handed in before this stays; submit again once tasks have ended, or have fewer tasks: --pack K."
        ),
        ("qos", "Correct --sbatch-arg=--qos=NAME, or ask for less; the account's limits are the site's."),
    ];

    private const string PartitionRemedy = "Correct --partition.";

    /// <summary>A sentence; empty where none is known.</summary>
    /// <param name="error">What <c>sbatch</c> printed.</param>
    public static string Of(string error) =>
        Known.FirstOrDefault(known => error.Contains(known.Words, StringComparison.OrdinalIgnoreCase)).Remedy ?? "";

    /// <summary>Whether it helps to see which partitions there are.</summary>
    /// <param name="error">What <c>sbatch</c> printed.</param>
    public static bool NeedsPartitions(string error) => Of(error) == PartitionRemedy;
}
