using System.Diagnostics.CodeAnalysis;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <content>The probes that a script can give to <see cref="SweepDeclaration.Probe"/>, one function a metric.</content>
[SuppressMessage("Performance", "CA1822", Justification = "Scripts see only members of the instance without a prefix.")]
public sealed partial class ScriptGlobals
{
    private const int MostlyRows = 8;

    private static ProbeConfig Settings(
        int every,
        ProbeTarget of,
        string on,
        bool aroundResets,
        int rows = MostlyRows
    ) =>
        new()
        {
            Of = of,
            Every = every,
            Layers = on,
            AroundResets = aroundResets,
            Rows = rows,
        };

    private static DeclaredProbe Of(ProbeMetric metric, ProbeConfig settings, int line, string file) =>
        new($".Probe({metric}(...))", settings with { Metric = metric }, new ScriptPlace(file, line));
}
