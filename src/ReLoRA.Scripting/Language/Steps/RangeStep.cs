using System.Globalization;
using System.Numerics;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Language.Steps;

/// <summary>A value between two bounds, which a search draws.</summary>
/// <param name="Axis">The knob.</param>
/// <param name="Range">What is drawn from.</param>
/// <param name="Value">Makes the knob's value of the number drawn.</param>
internal sealed record RangeStep(Axis Axis, RangeDimension Range, Func<double, object> Value) : ISweepStep
{
    /// <summary>A whole number above this is not every one a <c>double</c>.</summary>
    private const double LargestWhole = 1L << 53;

    public IEnumerable<Axis> Axes => [Axis];

    // The planner has refused ranges without a search, and a search draws.
    public IEnumerable<SweepCell> Apply(SweepCell cell) =>
        throw new InvalidOperationException($"{Axis.Call} has no list of values.");

    /// <summary>The cell with the value drawn.</summary>
    public SweepCell With(SweepCell cell, double drawn) => cell.With(Axis.Path, Value(drawn));

    /// <exception cref="Core.UserFaultException">The range is none.</exception>
    public static RangeStep Of<T>(Axis axis, T low, T high, Scale scale, T? step)
        where T : struct, INumber<T>
    {
        var isWhole = typeof(T) == typeof(int) || typeof(T) == typeof(long);
        if (!isWhole && typeof(T) != typeof(double))
            throw Fault(axis, $"the knob is of type {typeof(T).Name}", "int, long or double");
        var (from, to) = (double.CreateChecked(low), double.CreateChecked(high));
        if (!double.IsFinite(from) || !double.IsFinite(to) || Math.Max(Math.Abs(from), Math.Abs(to)) > LargestWhole)
            throw Fault(axis, $"from {Show(low)} to {Show(high)}", "finite numbers of at most 2^53");
        if (from >= to)
            throw Fault(axis, $"from {Show(low)} to {Show(high)}", "a largest value above the least");
        if (scale == Scale.Log && from <= 0)
            throw Fault(axis, $"from {Show(low)} by Scale.Log", "a least value above 0");
        if (step is { } given && (scale == Scale.Log || given <= T.Zero || from + double.CreateChecked(given) > to))
            throw Fault(
                axis,
                $"step {Show(given)}",
                "a step above 0 and of at most the range, by Scale.Linear. By ratios, list the values in .Grid"
            );
        var distance = step is null ? (isWhole ? 1 : 0) : double.CreateChecked(step.Value);
        // The last value that steps reach.
        var last = distance > 0 ? from + distance * Math.Floor((to - from) / distance + 1e-9) : to;
        return new RangeStep(
            axis,
            new RangeDimension(axis.Path, from, last, scale, distance),
            drawn => T.CreateChecked(drawn)
        );
    }

    private static Core.UserFaultException Fault(Axis axis, string found, string allowed) =>
        ScriptFault.At(axis.Place, $"{axis.Call}: {found}. Allowed: {allowed}.");

    private static string Show<T>(T value)
        where T : INumber<T> => value.ToString(null, CultureInfo.InvariantCulture);
}
