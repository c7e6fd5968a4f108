using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;

namespace ReLoRA.Scripting.Language;

/// <content>The probes that a script can give to <see cref="SweepDeclaration.Probe"/>.</content>
public sealed partial class ScriptGlobals
{
    /// <summary>A probe of the proportional effective rank, <c>exp(-sum p ln p) / min(rows, columns)</c>: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="of">Of which matrix. Default: <see cref="ProbeTarget.Weight"/>.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    [SuppressMessage(
        "Performance",
        "CA1822",
        Justification = "Scripts see only members of the instance without a prefix."
    )]
    public DeclaredProbe EffectiveRank(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Probe(ProbeMetric.EffectiveRank, every, of, on, aroundResets, new ScriptPlace(file, line));

    /// <summary>A probe of the condition number over the numerical rank: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="of">Of which matrix. Default: <see cref="ProbeTarget.Weight"/>.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    [SuppressMessage(
        "Performance",
        "CA1822",
        Justification = "Scripts see only members of the instance without a prefix."
    )]
    public DeclaredProbe ConditionNumber(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Probe(ProbeMetric.ConditionNumber, every, of, on, aroundResets, new ScriptPlace(file, line));

    /// <summary>A probe of a figure of your own. What it throws costs the probe, never the run: docs/probes.md.</summary>
    /// <param name="name">Its name in the log: letters, digits, '_' and '-'.</param>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only.</param>
    /// <param name="figure">The figure of one linear: <c>p =&gt; p.Update.SingularValues()[0]</c>. It is computed in the worker's process.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The figure is null.</exception>
    public DeclaredProbe Measure(
        string name,
        int every,
        Func<ProbedLinear, double> figure,
        bool aroundResets = true,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Measure(name, every, "*", figure, aroundResets, line, file);

    /// <summary>A probe of a figure of your own. What it throws costs the probe, never the run: docs/probes.md.</summary>
    /// <param name="name">Its name in the log: letters, digits, '_' and '-'.</param>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text.</param>
    /// <param name="figure">The figure of one linear: <c>p =&gt; p.Update.SingularValues()[0]</c>. It is computed in the worker's process.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The figure is null.</exception>
    [SuppressMessage(
        "Performance",
        "CA1822",
        Justification = "Scripts see only members of the instance without a prefix."
    )]
    public DeclaredProbe Measure(
        string name,
        int every,
        string on,
        Func<ProbedLinear, double> figure,
        bool aroundResets = true,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (figure is null)
            throw ScriptFault.At(
                place,
                $"Measure(\"{name}\"): the figure is null. Write a lambda: p => p.Update.Norm()."
            );
        var config = new ProbeConfig
        {
            Metric = ProbeMetric.Script,
            Figure = name,
            Every = every,
            Layers = on,
            AroundResets = aroundResets,
        };
        return new DeclaredProbe($".Probe(Measure(\"{name}\", ...))", config, place)
        {
            Figure = linear => new ProbeFigure(figure(linear)),
        };
    }

    private static DeclaredProbe Probe(
        ProbeMetric metric,
        int every,
        ProbeTarget of,
        string on,
        bool aroundResets,
        ScriptPlace place
    )
    {
        var config = new ProbeConfig
        {
            Metric = metric,
            Of = of,
            Every = every,
            Layers = on,
            AroundResets = aroundResets,
        };
        return new DeclaredProbe($".Probe({metric}(...))", config, place);
    }
}
