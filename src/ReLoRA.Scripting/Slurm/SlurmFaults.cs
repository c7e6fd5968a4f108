using System.Globalization;
using System.Text.RegularExpressions;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What is wrong with settings, each fault with its place, its value and what is allowed.</summary>
internal static partial class SlurmFaults
{
    private const int MostGpus = 64;
    private const int MostCpus = 1024;
    private const int MostAtOnce = 100_000;
    private const int MostPacked = 64;
    private const int MostRanks = 64;
    private static readonly TimeSpan LeastWarning = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostWarning = TimeSpan.FromHours(1);

    /// <summary>Those of one place.</summary>
    public static IEnumerable<string> Of(SlurmChoice choice)
    {
        var faults = new List<string?>
        {
            Range("gpus", choice.Gpus, 0, MostGpus),
            Range("cpus", choice.Cpus, 1, MostCpus),
            Range("array-limit", choice.ArrayLimit, 0, MostAtOnce),
            Range("pack", choice.Pack, 1, MostPacked),
            Range("ranks", choice.Ranks, 1, MostRanks),
            Word("partition", choice.Partition),
            Word("account", choice.Account),
            choice.Memory is { } memory && !Size().IsMatch(memory)
                ? $"mem is '{memory}'; allowed: a number with K, M, G or T, such as 8G."
                : null,
            choice.Time <= TimeSpan.Zero ? $"time is {Text(choice.Time)}; allowed: above 0, such as 8:00:00." : null,
            choice.Warning is { } warning
            && (warning < LeastWarning || warning > MostWarning || warning.Ticks % TimeSpan.TicksPerSecond != 0)
                ? $"warning is {Text(warning)}; allowed: 10 seconds to an hour, whole seconds."
                : null,
        };
        faults.AddRange(choice.Arguments.Select(SbatchArgument.Fault));
        return faults.OfType<string>().Select(fault => $"{choice.Place}: {fault}");
    }

    /// <summary>Those that lie between values, which may come from several places.</summary>
    /// <param name="settings">The values.</param>
    /// <param name="choices">The places, the weightiest first.</param>
    public static IEnumerable<string> Between(SlurmSettings settings, IReadOnlyList<SlurmChoice> choices)
    {
        if (settings.Time is { } time && time > TimeSpan.Zero && time <= settings.Warning)
            yield return Places(choices, choice => choice.Time is not null, choice => choice.Warning is not null)
                + $"time is {Text(time)} and warning {Text(settings.Warning)}: a task would be warned before it begins; allowed: a longer time, or a shorter warning.";
        if (settings.Cpus >= 1 && settings.Cpus < settings.Pack * settings.Ranks)
            yield return Places(
                choices,
                choice => choice.Cpus is not null,
                choice => choice.Pack is not null,
                choice => choice.Ranks is not null
            ) + Cores(settings);
        if (settings.Ranks > 1 && settings.Gpus > 0)
            yield return Places(choices, choice => choice.Gpus is not null, choice => choice.Ranks is not null)
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"gpus is {settings.Gpus} and ranks {settings.Ranks}: the processes would all take the first GPU; allowed: ranks 1, or gpus 0."
                );
    }

    private static string Cores(SlurmSettings settings) =>
        settings.Ranks == 1
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"cpus is {settings.Cpus} and pack {settings.Pack}: each cell of a task needs a core; allowed: cpus of at least {settings.Pack}, or a smaller pack."
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"cpus is {settings.Cpus}, pack {settings.Pack} and ranks {settings.Ranks}: each process of a task needs a core; allowed: cpus of at least {settings.Pack * settings.Ranks}, or fewer of the others."
            );

    /// <summary>Where the values come from; a default has no place.</summary>
    private static string Places(IReadOnlyList<SlurmChoice> choices, params Func<SlurmChoice, bool>[] given)
    {
        var places = given
            .Select(choices.FirstOrDefault)
            .OfType<SlurmChoice>()
            .Select(choice => choice.Place)
            .Distinct();
        return string.Join(" and ", places) is { Length: > 0 } text ? text + ": " : "";
    }

    private static string? Range(string name, int? value, int least, int most) =>
        value is { } found && (found < least || found > most)
            ? string.Create(CultureInfo.InvariantCulture, $"{name} is {found}; allowed: {least:N0} to {most:N0}.")
            : null;

    private static string? Word(string name, string? value) =>
        value is not null && !Name().IsMatch(value)
            ? $"{name} is '{value}'; allowed: a name, or several with commas between, without spaces."
            : null;

    private static string Text(TimeSpan? time) => time is { } known ? SlurmTime.Text(known) : "";

    [GeneratedRegex(@"^[1-9]\d*[KMGT]?\z")]
    private static partial Regex Size();

    [GeneratedRegex(@"^[^\s,'""\\#]+(,[^\s,'""\\#]+)*\z")]
    private static partial Regex Name();
}
