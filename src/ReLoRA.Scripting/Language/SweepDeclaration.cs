using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language.Steps;

namespace ReLoRA.Scripting.Language;

/// <summary>
/// A sweep as a script declares it: every combination of its axes' values, each with its full-rank partner. What
/// <c>Sweep(name, preset)</c> returns. See docs/sweep-language.md.
/// </summary>
public sealed partial class SweepDeclaration : SweepAxes<SweepDeclaration>
{
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
        Title = name;
        Preset = preset;
        Place = place;
    }

    internal string Title { get; }

    internal RunConfig Preset { get; }

    internal ScriptPlace Place { get; }

    /// <summary>What makes the cells of the preset, seeds last, so that the runs of one arm follow one another.</summary>
    internal IEnumerable<ISweepStep> Steps => seeds is null ? Added : [.. Added, new GridStep(seeds)];

    /// <summary>The seeds that every combination, or every trial of a search, is trained with.</summary>
    internal IReadOnlyList<long> SeedValues => seeds is null ? [Preset.Seed] : [.. seeds.Values.Cast<long>()];

    /// <summary>The knobs that are set.</summary>
    internal IEnumerable<Axis> Axes => Steps.SelectMany(step => step.Axes);

    /// <summary>Names cells; null where their labels are made of what differs.</summary>
    internal NameRule? Naming { get; private set; }

    internal BaselineRule? PairedWith { get; private set; }

    internal EvaluationRule? Evaluation { get; private set; }

    internal IReadOnlyList<DeclaredProbe> Probes => probes;

    internal SweepCeiling? Ceiling { get; private set; }

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
    /// Names the cells and their partners, in place of labels made of what differs. The seed is added where the name does not tell seeds apart.
    /// </summary>
    /// <param name="name">For example <c>c =&gt; $"r{c.LowRank.Rank}"</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A name is given already.</exception>
    public SweepDeclaration Name(
        Func<RunConfig, string> name,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (Naming is not null)
            throw ScriptFault.At(place, $".Name: given already at {Naming.Place}. A sweep has one.");
        Naming = new NameRule(name, place);
        return this;
    }

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
        RefuseTwice(axis, axis.Values);
        Refuse(axis);
        seeds = axis;
        return this;
    }

    /// <inheritdoc/>
    private protected override IEnumerable<Axis> Standing =>
        seeds is null ? base.Standing : base.Standing.Append(seeds);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex FolderName();
}
