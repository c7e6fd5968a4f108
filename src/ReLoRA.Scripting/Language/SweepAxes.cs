using System.Linq.Expressions;
using System.Numerics;
using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language.Steps;

namespace ReLoRA.Scripting.Language;

/// <summary>
/// The calls that say which cells there are, of a sweep and of its branches. They act in the order in which they stand in the script. See
/// docs/sweep-language.md.
/// </summary>
/// <typeparam name="TSelf">What the calls return, so that they can be chained.</typeparam>
public abstract class SweepAxes<TSelf>
    where TSelf : SweepAxes<TSelf>
{
    private readonly List<ISweepStep> steps = [];

    private protected SweepAxes() { }

    internal IReadOnlyList<ISweepStep> Added => steps;

    /// <summary>Adds an axis: every combination of the values of all axes is a cell.</summary>
    /// <typeparam name="T">The knob's type.</typeparam>
    /// <param name="knob">The knob, for example <c>c =&gt; c.LowRank.Rank</c>.</param>
    /// <param name="values">Its values, at least one, for example <c>4, 8</c>.</param>
    /// <exception cref="Core.UserFaultException">The lambda names no knob, or the knob is an axis already.</exception>
    public TSelf Grid<T>(Expression<Func<RunConfig, T>> knob, params KnobValues<T> values)
    {
        var axis = Axis("Grid", knob, [.. values.Cast<object?>()], values.Place);
        RefuseTwice(axis, axis.Values);
        return Add(new GridStep(axis));
    }

    /// <summary>Adds an axis whose values the script has in an array or computes: <c>.Grid(c =&gt; c.LowRank.Rank, ranks)</c>.</summary>
    /// <typeparam name="T">The knob's type.</typeparam>
    /// <param name="knob">The knob.</param>
    /// <param name="values">Its values, at least one.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The lambda names no knob, or the knob is an axis already.</exception>
    public TSelf Grid<T>(
        Expression<Func<RunConfig, T>> knob,
        IEnumerable<T> values,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Grid(knob, KnobValues<T>.Of(values, line, file));

    /// <summary>Adds an axis of which <c>.Search</c> draws the values.</summary>
    /// <typeparam name="T">The knob's type: <c>int</c>, <c>long</c> or <c>double</c>.</typeparam>
    /// <param name="knob">The knob, for example <c>c =&gt; c.Optimizer.LearningRate</c>.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="scale">Which values are equally likely at first; <c>Scale.Log</c> needs a least value above 0. Default: Linear.</param>
    /// <param name="step">The distance of the values. Default: 1 for whole numbers; any value of four significant digits for others.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The lambda names no knob, the knob is an axis already, or the range is none.</exception>
    public TSelf Range<T>(
        Expression<Func<RunConfig, T>> knob,
        T low,
        T high,
        Scale scale = Scale.Linear,
        T? step = null,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
        where T : struct, INumber<T>
    {
        var axis = Axis("Range", knob, [], new ScriptPlace(file, line));
        return Add(RangeStep.Of(axis, low, high, scale, step));
    }

    /// <summary>Adds an axis of two knobs whose values go together.</summary>
    /// <typeparam name="T1">The first knob's type.</typeparam>
    /// <typeparam name="T2">The second knob's type.</typeparam>
    /// <param name="first">The first knob.</param>
    /// <param name="second">The second knob.</param>
    /// <param name="values">Their values, for example <c>(64, 4), (128, 8)</c>.</param>
    /// <exception cref="Core.UserFaultException">A lambda names no knob, or a knob is an axis already.</exception>
    public TSelf Zip<T1, T2>(
        Expression<Func<RunConfig, T1>> first,
        Expression<Func<RunConfig, T2>> second,
        params KnobValues<(T1 First, T2 Second)> values
    )
    {
        var one = Axis("Zip", first, [.. values.Select(value => (object?)value.First)], values.Place);
        var two = Axis("Zip", second, [.. values.Select(value => (object?)value.Second)], values.Place);
        RefuseTwice(one, [.. values.Cast<object?>()]);
        return Add(new ZipStep([one, two]));
    }

    /// <summary>Adds an axis of three knobs whose values go together.</summary>
    /// <typeparam name="T1">The first knob's type.</typeparam>
    /// <typeparam name="T2">The second knob's type.</typeparam>
    /// <typeparam name="T3">The third knob's type.</typeparam>
    /// <param name="first">The first knob.</param>
    /// <param name="second">The second knob.</param>
    /// <param name="third">The third knob.</param>
    /// <param name="values">Their values, for example <c>(64, 4, 2), (128, 8, 4)</c>.</param>
    /// <exception cref="Core.UserFaultException">A lambda names no knob, or a knob is an axis already.</exception>
    public TSelf Zip<T1, T2, T3>(
        Expression<Func<RunConfig, T1>> first,
        Expression<Func<RunConfig, T2>> second,
        Expression<Func<RunConfig, T3>> third,
        params KnobValues<(T1 First, T2 Second, T3 Third)> values
    )
    {
        var one = Axis("Zip", first, [.. values.Select(value => (object?)value.First)], values.Place);
        var two = Axis("Zip", second, [.. values.Select(value => (object?)value.Second)], values.Place);
        var three = Axis("Zip", third, [.. values.Select(value => (object?)value.Third)], values.Place);
        RefuseTwice(one, [.. values.Cast<object?>()]);
        return Add(new ZipStep([one, two, three]));
    }

    /// <summary>Adds an axis whose values are changes: <c>c =&gt; c, c =&gt; c with { Precision = Precision.BFloat16Mixed }</c>.</summary>
    /// <param name="changes">What each makes of a cell, at least one.</param>
    /// <exception cref="Core.UserFaultException">There is none.</exception>
    public TSelf List(params KnobValues<Func<RunConfig, RunConfig>> changes)
    {
        if (!changes.Any())
            throw ScriptFault.At(changes.Place, ".List: no changes are given. Allowed: at least one.");
        return Add(new ListStep([.. changes], changes.Place));
    }

    /// <summary>Sets a knob to what follows from the others.</summary>
    /// <typeparam name="T">The knob's type.</typeparam>
    /// <param name="knob">The knob, for example <c>c =&gt; c.LowRank.Alpha</c>.</param>
    /// <param name="value">Its value: <c>c =&gt; 2.0 * c.LowRank.Rank</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The lambda names no knob, or the knob is an axis already.</exception>
    public TSelf Derive<T>(
        Expression<Func<RunConfig, T>> knob,
        Func<RunConfig, T> value,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Add(new DeriveStep(Axis("Derive", knob, [], new ScriptPlace(file, line)), config => value(config)));

    /// <summary>Leaves out the cells that do not meet a condition.</summary>
    /// <param name="condition">For example <c>c =&gt; c.LowRank.Rank &lt; c.Model.Width / 4</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public TSelf Where(
        Func<RunConfig, bool> condition,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Add(new WhereStep(condition, new ScriptPlace(file, line)));

    /// <summary>Adds axes to the cells that meet a condition; the others stay as they are.</summary>
    /// <param name="condition">For example <c>c =&gt; c.LowRank.Method == LowRankMethod.ReLoRA</c>.</param>
    /// <param name="then">The axes: <c>s =&gt; s.Grid(c =&gt; c.LowRank.Rank, 4, 8)</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public TSelf When(
        Func<RunConfig, bool> condition,
        Func<SweepBranch, SweepBranch> then,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        return Add(new WhenStep(condition, Branch(".When", then, place), place));
    }

    /// <summary>Varies one thing at a time: the cell as it is, and what each call within makes of it alone.</summary>
    /// <param name="arms">The calls: <c>s =&gt; s.Grid(c =&gt; c.LowRank.Rank, 4, 8).Grid(c =&gt; c.LowRank.ResetEvery, 50, 100)</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public TSelf Star(
        Func<SweepBranch, SweepBranch> arms,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Add(new StarStep(Branch(".Star", arms, new ScriptPlace(file, line))));

    /// <summary>The axes that another cannot set again; those of branches may.</summary>
    private protected virtual IEnumerable<Axis> Standing =>
        steps.Where(step => step is not (WhenStep or StarStep)).SelectMany(step => step.Axes);

    /// <summary>Refuses an axis that cannot be.</summary>
    private protected void Refuse(Axis axis)
    {
        // An axis over a record overwrites the knobs inside it, so one of the two would be without effect.
        var same = Standing.FirstOrDefault(other => Inside(other.Path, axis.Path) || Inside(axis.Path, other.Path));
        if (same is not null)
            throw ScriptFault.At(
                axis.Place,
                $"{axis.Call}: {axis.Path} is set by {same.Call} at {same.Place} already. Put all its values into one call."
            );
    }

    private protected static void RefuseTwice(Axis axis, IReadOnlyList<object?> values)
    {
        if (values.Count == 0)
            throw ScriptFault.At(axis.Place, $"{axis.Call}: no values are given. Allowed: at least one.");
        if (values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw ScriptFault.At(
                axis.Place,
                $"{axis.Call}: {FormattableString.Invariant($"{twice.Key}")} is given twice. Allowed: each value once."
            );
    }

    private Axis Axis<T>(
        string call,
        Expression<Func<RunConfig, T>> knob,
        IReadOnlyList<object?> values,
        ScriptPlace place
    )
    {
        var path = KnobPath.Of(knob, place, call);
        var axis = new Axis($".{call}(c => c.{path})", path, values, place);
        Refuse(axis);
        return axis;
    }

    private TSelf Add(ISweepStep step)
    {
        steps.Add(step);
        return (TSelf)this;
    }

    private static IReadOnlyList<ISweepStep> Branch(
        string call,
        Func<SweepBranch, SweepBranch> declare,
        ScriptPlace place
    )
    {
        var branch = ScriptFault.Guard(place, call, () => declare(new SweepBranch()));
        return branch?.Added.Count > 0
            ? branch.Added
            : throw ScriptFault.At(
                place,
                $"{call}: no call within. Write for example s => s.Grid(c => c.LowRank.Rank, 4, 8)."
            );
    }

    private static bool Inside(string path, string outer) =>
        path == outer || path.StartsWith(outer + ".", StringComparison.Ordinal);
}
