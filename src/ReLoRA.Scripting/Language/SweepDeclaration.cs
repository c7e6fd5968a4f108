using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <summary>
/// A sweep as a script declares it: every combination of its axes' values, each with its full-rank partner. What
/// <c>Sweep(name, preset)</c> returns. See docs/sweep-language.md.
/// </summary>
public sealed partial class SweepDeclaration
{
    private readonly List<Axis> axes = [];
    private readonly List<DeclaredProbe> probes = [];
    private Axis? seeds;

    internal SweepDeclaration(string name, RunConfig preset, ScriptPlace place)
    {
        if (name is null || !FolderName().IsMatch(name))
            throw ScriptFault.At(
                place,
                $"Sweep(\"{name}\"): allowed in a sweep's name, which is also a folder's: letters, digits, '-', '_' and '.', "
                    + "beginning with a letter or digit."
            );
        if (preset is null)
            throw ScriptFault.At(
                place,
                $"Sweep(\"{name}\"): the preset is null. Start from one of Presets, for example Presets.Nano."
            );
        Name = name;
        Preset = preset;
        Place = place;
    }

    internal string Name { get; }

    internal RunConfig Preset { get; }

    internal ScriptPlace Place { get; }

    /// <summary>The axes, seeds last, so that the runs of one arm follow one another.</summary>
    internal IEnumerable<Axis> Axes => seeds is null ? axes : [.. axes, seeds];

    internal BaselineRule? PairedWith { get; private set; }

    internal EvaluationRule? Evaluation { get; private set; }

    internal IReadOnlyList<DeclaredProbe> Probes => probes;

    internal SweepCeiling? Ceiling { get; private set; }

    /// <summary>Adds an axis: the sweep runs every combination of the values of all axes.</summary>
    /// <typeparam name="T">The knob's type.</typeparam>
    /// <param name="knob">The knob, for example <c>c =&gt; c.LowRank.Rank</c>.</param>
    /// <param name="values">Its values, at least one, for example <c>4, 8</c>.</param>
    /// <exception cref="Core.UserFaultException">The lambda names no knob, or the knob is an axis already.</exception>
    public SweepDeclaration Grid<T>(Expression<Func<RunConfig, T>> knob, params KnobValues<T> values)
    {
        var path = KnobPath.Of(knob, values.Place);
        AddAxis(new Axis($".Grid(c => c.{path})", path, [.. values.Cast<object?>()], values.Place));
        return this;
    }

    /// <summary>Repeats every combination with consecutive seeds: the preset's own and those after it.</summary>
    /// <param name="_">Not given: the count must be named, <c>.Seeds(count: 3)</c>.</param>
    /// <param name="count">The number of seeds, at least 1. Default: 1.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The count is below 1, or seeds are given already.</exception>
    public SweepDeclaration Seeds(
        NamedOnly _ = default,
        int count = 1,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (count is < 1 or > MostSeeds)
            throw ScriptFault.At(place, $".Seeds(count: {count}): allowed: at least 1 and at most {MostSeeds} seeds.");
        return SetSeeds(Enumerable.Range(0, count).Select(i => Preset.Seed + i), place);
    }

    /// <summary>Repeats every combination with the seeds given.</summary>
    /// <param name="seeds">The seeds, each at least 0, none twice: <c>.Seeds([7, 8, 9])</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">There is no seed, or seeds are given already.</exception>
    public SweepDeclaration Seeds(
        IReadOnlyList<long> seeds,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => SetSeeds(seeds, new ScriptPlace(file, line));

    /// <summary>
    /// Pairs every cell with its full-rank partner: the same configuration with <c>LowRank.Method = FullRank</c> and, in place
    /// of a jagged cosine, the plain one. Equal partners run once.
    /// </summary>
    /// <param name="_">Not given.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A baseline is given already.</exception>
    public SweepDeclaration Baseline(
        NamedOnly _ = default,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Baseline(BaselineRule.FullRank, line, file);

    /// <summary>
    /// Pairs every cell with the full-rank partner that the lambda makes of it, at equal tokens, data order and seed. Equal
    /// partners run once.
    /// </summary>
    /// <param name="change">Makes the partner: <c>c =&gt; c with { LowRank = new() }</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A baseline is given already.</exception>
    public SweepDeclaration Baseline(
        Func<RunConfig, RunConfig> change,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (PairedWith is not null)
            throw ScriptFault.At(place, $".Baseline: given already at {PairedWith.Place}. A sweep has one.");
        PairedWith = new BaselineRule(change, place);
        return this;
    }

    /// <summary>
    /// Sets the ceiling of the whole sweep. A plan of more tokens is refused before anything trains. When the time is up no
    /// further cell starts; those that run are finished, and the next run of the sweep goes on.
    /// </summary>
    /// <param name="tokens">Most tokens of all cells together. Default: no ceiling.</param>
    /// <param name="wall">The time of one run of the sweep. Default: no ceiling.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A ceiling is not above zero, or one is given already.</exception>
    public SweepDeclaration Budget(
        long? tokens = null,
        TimeSpan? wall = null,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (tokens is null && wall is null)
            throw ScriptFault.At(
                place,
                ".Budget: no ceiling is given. Write tokens: or wall:, for example wall: TimeSpan.FromHours(6)."
            );
        if (tokens <= 0)
            throw ScriptFault.At(place, $".Budget(tokens: {tokens}): allowed: above 0.");
        if (wall <= TimeSpan.Zero)
            throw ScriptFault.At(place, $".Budget(wall: {wall}): allowed: above 0.");
        if (Ceiling is not null)
            throw ScriptFault.At(place, $".Budget: given already at {Ceiling.Place}. A sweep has one.");
        Ceiling = new SweepCeiling(tokens, wall, place);
        return this;
    }

    private const int MostSeeds = 10_000;

    private SweepDeclaration SetSeeds(IEnumerable<long> values, ScriptPlace place)
    {
        if (seeds is not null)
            throw ScriptFault.At(place, $".Seeds: given already at {seeds.Place}. A sweep has them once.");
        var axis = new Axis(".Seeds", nameof(RunConfig.Seed), [.. values.Cast<object?>()], place);
        Refuse(axis);
        seeds = axis;
        return this;
    }

    private void AddAxis(Axis axis)
    {
        Refuse(axis);
        axes.Add(axis);
    }

    private void Refuse(Axis axis)
    {
        if (axis.Values.Count == 0)
            throw ScriptFault.At(axis.Place, $"{axis.Call}: no values are given. Allowed: at least one.");
        if (axis.Values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw ScriptFault.At(
                axis.Place,
                $"{axis.Call}: {FormattableString.Invariant($"{twice.Key}")} is given twice. Allowed: each value once."
            );
        // An axis over a record overwrites the knobs inside it, so one of the two would be without effect.
        if (Axes.FirstOrDefault(other => Inside(other.Path, axis.Path) || Inside(axis.Path, other.Path)) is { } same)
            throw ScriptFault.At(
                axis.Place,
                $"{axis.Call}: {axis.Path} is set by {same.Call} at {same.Place} already. Put all its values into one call."
            );
    }

    private static bool Inside(string path, string outer) =>
        path == outer || path.StartsWith(outer + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex FolderName();
}
