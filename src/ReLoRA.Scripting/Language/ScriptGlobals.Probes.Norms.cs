using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <content>Probes of norms and sparsity.</content>
public sealed partial class ScriptGlobals
{
    /// <summary>A probe of the Frobenius norm, <c>sqrt(sum x^2)</c>: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="of">Of what: anything. Default: <see cref="ProbeTarget.Weight"/>.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="rows">Rows of the training data, for gradients, activations and attention. Default: 8.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public static DeclaredProbe FrobeniusNorm(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.FrobeniusNorm, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the nuclear norm, <c>sum sigma</c>: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe NuclearNorm(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.NuclearNorm, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the spectral norm, <c>sigma_1</c>: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe SpectralNorm(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.SpectralNorm, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the largest absolute value, <c>max |x|</c>: docs/probes.md.</summary>
    /// <inheritdoc cref="FrobeniusNorm" path="/param"/>
    public static DeclaredProbe MaxNorm(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.MaxNorm, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of Gini's coefficient of the absolute values, 0 where all are equal: docs/probes.md.</summary>
    /// <inheritdoc cref="FrobeniusNorm" path="/param"/>
    public static DeclaredProbe Gini(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.Gini, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of Hoyer's sparsity, <c>(sqrt n - L1 / L2) / (sqrt n - 1)</c>: docs/probes.md.</summary>
    /// <inheritdoc cref="FrobeniusNorm" path="/param"/>
    public static DeclaredProbe Hoyer(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.Hoyer, Settings(every, of, on, aroundResets, rows), line, file);
}
