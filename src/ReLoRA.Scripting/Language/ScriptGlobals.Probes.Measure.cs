using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;

namespace ReLoRA.Scripting.Language;

/// <content>
/// Probes of the script's own figures. A lambda that fits all overloads, since it only throws or never returns, is taken for a number.
/// </content>
public sealed partial class ScriptGlobals
{
    private const int MostlySeconds = 60;

    /// <inheritdoc cref="Measure(string, int, string, Func{ProbedLinear, double}, bool, int, int, int, string)"/>
    [OverloadResolutionPriority(1)]
    public static DeclaredProbe Measure(
        string name,
        int every,
        Func<ProbedLinear, double> figure,
        bool aroundResets = true,
        int rows = MostlyRows,
        int limit = MostlySeconds,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Measure(name, every, "*", figure, aroundResets, rows, limit, line, file);

    /// <summary>A probe of a figure of your own, a number. What it throws costs the probe, never the run: docs/probes.md.</summary>
    /// <param name="name">Its name in the log: letters, digits, '_' and '-'.</param>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text.</param>
    /// <param name="figure">The figure of one linear: <c>p =&gt; p.Update.SingularValues()[0]</c>. It is computed in the worker's process.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="rows">Rows of the training data, for gradients, activations and attention. Default: 8.</param>
    /// <param name="limit">Seconds that the figures of one moment may take together; then they are given up. Default: 60.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The figure is null.</exception>
    [OverloadResolutionPriority(1)]
    public static DeclaredProbe Measure(
        string name,
        int every,
        string on,
        Func<ProbedLinear, double> figure,
        bool aroundResets = true,
        int rows = MostlyRows,
        int limit = MostlySeconds,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) =>
        Own(
            name,
            Settings(every, default, on, aroundResets, rows),
            limit,
            figure,
            value => new ProbeFigure(value),
            new ScriptPlace(file, line)
        );

    /// <inheritdoc cref="Measure(string, int, string, Func{ProbedLinear, IEnumerable{double}}, bool, int, int, int, string)"/>
    public static DeclaredProbe Measure(
        string name,
        int every,
        Func<ProbedLinear, IEnumerable<double>> figure,
        bool aroundResets = true,
        int rows = MostlyRows,
        int limit = MostlySeconds,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Measure(name, every, "*", figure, aroundResets, rows, limit, line, file);

    /// <summary>A probe of a figure of your own, a vector; the number beside it in tables and charts is its mean.</summary>
    /// <remarks>For example <c>p =&gt; p.Update.SingularValues().Take(4)</c>.</remarks>
    /// <inheritdoc cref="Measure(string, int, string, Func{ProbedLinear, double}, bool, int, int, int, string)" path="/param|/exception"/>
    public static DeclaredProbe Measure(
        string name,
        int every,
        string on,
        Func<ProbedLinear, IEnumerable<double>> figure,
        bool aroundResets = true,
        int rows = MostlyRows,
        int limit = MostlySeconds,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) =>
        Own(
            name,
            Settings(every, default, on, aroundResets, rows),
            limit,
            figure,
            ProbeFigure.OfVector,
            new ScriptPlace(file, line)
        );

    /// <inheritdoc cref="Measure(string, int, string, Func{ProbedLinear, ProbeTable}, bool, int, int, int, string)"/>
    public static DeclaredProbe Measure(
        string name,
        int every,
        Func<ProbedLinear, ProbeTable> figure,
        bool aroundResets = true,
        int rows = MostlyRows,
        int limit = MostlySeconds,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Measure(name, every, "*", figure, aroundResets, rows, limit, line, file);

    /// <summary>A probe of a figure of your own, a small table.</summary>
    /// <remarks>For example <c>p =&gt; new ProbeTable(["norm", "rank"], [[p.A.Norm(), p.A.Rank], [p.B.Norm(), p.B.Rank]])</c>.</remarks>
    /// <inheritdoc cref="Measure(string, int, string, Func{ProbedLinear, double}, bool, int, int, int, string)" path="/param|/exception"/>
    public static DeclaredProbe Measure(
        string name,
        int every,
        string on,
        Func<ProbedLinear, ProbeTable> figure,
        bool aroundResets = true,
        int rows = MostlyRows,
        int limit = MostlySeconds,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) =>
        Own(
            name,
            Settings(every, default, on, aroundResets, rows),
            limit,
            figure,
            ProbeFigure.OfTable,
            new ScriptPlace(file, line)
        );

    private static DeclaredProbe Own<T>(
        string name,
        ProbeConfig settings,
        int limit,
        Func<ProbedLinear, T> figure,
        Func<T, ProbeFigure> shape,
        ScriptPlace place
    )
    {
        if (figure is null)
            throw ScriptFault.At(
                place,
                $"Measure(\"{name}\"): the figure is null. Write a lambda: p => p.Update.Norm()."
            );
        var config = settings with { Metric = ProbeMetric.Script, Figure = name, LimitSeconds = limit };
        return new DeclaredProbe($".Probe(Measure(\"{name}\", ...))", config, place)
        {
            Figure = linear => shape(figure(linear)),
        };
    }
}
