namespace ReLoRA.Scripting.Slurm;

/// <summary>Why a task waits, in words.</summary>
/// <param name="Words">Why, in a few words.</param>
/// <param name="Remedy">What must happen for it ever to begin; empty where it will by itself.</param>
public sealed record WaitingReason(string Words, string Remedy = "")
{
    private const string Ask = "Cancel them and submit again with other settings.";
    private const string Elsewhere = "Wait for that, or cancel them and submit elsewhere (--partition).";

    /// <summary>What the scheduler says and what it means. A key that ends in <c>*</c> stands for all that begin so; the first that fits counts.</summary>
    internal static IReadOnlyList<(string Reason, WaitingReason Meaning)> Table { get; } =
    [
        ("None", new("the scheduler has not looked at it yet")),
        ("Resources", new("waits for free resources")),
        ("Priority", new("waits: others are before it")),
        ("JobArrayTaskLimit", new("waits for its turn: as many tasks run at once as --array-limit lets")),
        ("BeginTime", new("waits for the time from which it may begin")),
        ("Dependency", new("waits for another job")),
        ("Licenses", new("waits for a licence")),
        ("Reservation", new("waits for its reservation to begin")),
        ("Prolog", new("its node is being made ready")),
        ("Cleaning", new("its last sitting is being cleared away")),
        ("SchedDefer", new("waits for the scheduler's next round")),
        (
            "DependencyNeverSatisfied",
            new(
                "waits for a job that failed",
                "The job that they wait for failed. Cancel them, mend the fault, submit again."
            )
        ),
        ("JobHeldUser", new("is held", "They are held: scontrol release JOB")),
        ("JobHeldAdmin", new("is held by an administrator", "An administrator holds them; ask why.")),
        (
            "JobHoldMaxRequeue",
            new("is held: begun too often", "They were begun too often. Mend the fault, then: scontrol release JOB")
        ),
        (
            "launch failed*",
            new(
                "is held: could not be started",
                "They could not be started on their node. Again: scontrol release JOB; without that node: cancel them and submit with --sbatch-arg=--exclude=NODE"
            )
        ),
        ("job requeued in held*", new("is held", "They were held when they were requeued: scontrol release JOB")),
        ("job requeued in special*", new("is held", "They were held when they were requeued: scontrol release JOB")),
        (
            "PartitionConfig",
            new("asks for what the partition does not have", $"The partition has no such nodes (--partition). {Ask}")
        ),
        (
            "PartitionNodeLimit",
            new(
                "asks for more nodes than the partition lets",
                $"The partition lets a job have fewer nodes (--partition). {Ask}"
            )
        ),
        (
            "PartitionTimeLimit",
            new(
                "asks for more time than the partition lets",
                $"The partition lets a job have less time (--time, --partition). {Ask}"
            )
        ),
        (
            "PartitionDown",
            new(
                "its partition is down",
                $"Their partition begins no work until the site takes it up again. {Elsewhere}"
            )
        ),
        (
            "PartitionInactive",
            new(
                "its partition takes no work",
                $"Their partition begins no work until the site takes it up again. {Elsewhere}"
            )
        ),
        (
            "BadConstraints",
            new(
                "asks for what no node has",
                $"No node has what they ask for (--gpus, --cpus, --mem, --sbatch-arg). {Ask}"
            )
        ),
        (
            "MaxMemPerLimit",
            new("asks for more memory than a job may have", $"A job may have less memory (--mem). {Ask}")
        ),
        (
            "ReqNodeNotAvail*",
            new(
                "its nodes are away",
                $"The nodes that could take them are down, drained or reserved; sinfo -R tells why. {Elsewhere}"
            )
        ),
        (
            "Nodes required for job are DOWN*",
            new(
                "its nodes are away",
                $"The nodes that could take them are down, drained or reserved; sinfo -R tells why. {Elsewhere}"
            )
        ),
        ("NodeDown", new("its node is down", $"Their node is down; sinfo -R tells why. {Elsewhere}")),
        ("ReservationDeleted", new("its reservation is gone", $"Their reservation is gone. {Ask}")),
        ("InvalidAccount", new("its account is not known", $"Their account is not known (--account). {Ask}")),
        (
            "AccountNotAllowed",
            new(
                "its account may not use the partition",
                $"Their account may not use the partition (--account, --partition). {Ask}"
            )
        ),
        (
            "InvalidQOS",
            new(
                "its quality of service is not known",
                $"Their quality of service is not known (--sbatch-arg=--qos=NAME). {Ask}"
            )
        ),
        (
            "QOSNotAllowed",
            new(
                "its quality of service is not allowed",
                $"Their quality of service is not allowed here (--sbatch-arg=--qos=NAME, --partition). {Ask}"
            )
        ),
    ];

    /// <summary>Whether it will never begin unless someone does something.</summary>
    public bool IsForEver => Remedy.Length > 0;

    /// <summary>What a reason means; one that is not known is told as it is.</summary>
    /// <param name="reason">The scheduler's word.</param>
    public static WaitingReason Of(string reason)
    {
        foreach (var (key, meaning) in Table)
            if (key.EndsWith('*') ? reason.StartsWith(key[..^1], StringComparison.Ordinal) : reason == key)
                return meaning;
        return OfLimit(reason) ?? new WaitingReason($"waits: {reason}");
    }

    /// <summary>The limits of accounts and of qualities of service, of which Slurm has some hundred: what they limit stands in the name.</summary>
    private static WaitingReason? OfLimit(string reason)
    {
        if (
            !reason.StartsWith("Assoc", StringComparison.Ordinal) && !reason.StartsWith("QOS", StringComparison.Ordinal)
        )
            return null;
        if (
            reason.Contains("PerJob", StringComparison.Ordinal)
            || reason.Contains("Min", StringComparison.Ordinal) && !IsBudget(reason)
        )
            return new WaitingReason(
                $"asks for what a job may not have: {reason}",
                $"A job of this account may not have what they ask for ({reason}). {Ask}"
            );
        return IsBudget(reason)
            ? new WaitingReason(
                $"the account's time is used up: {reason}",
                $"The account has no time left ({reason}). Ask for more, or cancel them and submit with another (--account)."
            )
            : new WaitingReason($"waits for others of the account to end: {reason}");
    }

    private static bool IsBudget(string reason) => reason.Contains("Minutes", StringComparison.Ordinal);
}
