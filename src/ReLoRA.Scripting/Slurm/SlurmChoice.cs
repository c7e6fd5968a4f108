namespace ReLoRA.Scripting.Slurm;

/// <summary>What one place says of how a sweep is submitted: the command line, a script, or a site's profile. Null where it says nothing.</summary>
public sealed record SlurmChoice
{
    /// <summary>The place, for messages: <c>the command line</c>, <c>sweep.csx:12, .Slurm</c>, a profile's path.</summary>
    public required string Place { get; init; }

    /// <summary>The forms of a time, for messages.</summary>
    public const string TimeForms = SlurmTime.Forms;

    /// <summary>See <see cref="SlurmSettings.Partition"/>.</summary>
    public string? Partition { get; init; }

    /// <summary>See <see cref="SlurmSettings.Time"/>.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>See <see cref="SlurmSettings.Gpus"/>.</summary>
    public int? Gpus { get; init; }

    /// <summary>See <see cref="SlurmSettings.Cpus"/>.</summary>
    public int? Cpus { get; init; }

    /// <summary>See <see cref="SlurmSettings.Memory"/>.</summary>
    public string? Memory { get; init; }

    /// <summary>See <see cref="SlurmSettings.ArrayLimit"/>.</summary>
    public int? ArrayLimit { get; init; }

    /// <summary>See <see cref="SlurmSettings.Account"/>.</summary>
    public string? Account { get; init; }

    /// <summary>A file of shell lines: see <see cref="SlurmSettings.Setup"/>.</summary>
    public string? SetupFile { get; init; }

    /// <summary>See <see cref="SlurmSettings.Arguments"/>. Those of all places are given, the profile's first.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>See <see cref="SlurmSettings.Pack"/>.</summary>
    public int? Pack { get; init; }

    /// <summary>See <see cref="SlurmSettings.Ranks"/>.</summary>
    public int? Ranks { get; init; }

    /// <summary>See <see cref="SlurmSettings.Warning"/>.</summary>
    public TimeSpan? Warning { get; init; }

    /// <summary>Reads a time; null where it is none.</summary>
    /// <param name="text">One of <see cref="TimeForms"/>.</param>
    public static TimeSpan? ReadTime(string text) => SlurmTime.Parse(text);
}
