using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <content>Probes of singular values.</content>
public sealed partial class ScriptGlobals
{
    /// <summary>A probe of the proportional effective rank, <c>exp(-sum p ln p) / min(rows, columns)</c>: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="of">Of what: anything but <see cref="ProbeTarget.Attention"/>. Default: <see cref="ProbeTarget.Weight"/>.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="rows">Rows of the training data, for gradients, activations and attention. Default: 8.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public static DeclaredProbe EffectiveRank(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.EffectiveRank, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the effective rank in directions, <c>exp(-sum p ln p)</c>: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe EffectiveDirections(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.EffectiveDirections, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the stable rank, <c>sum sigma^2 / sigma_1^2</c>: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe StableRank(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.StableRank, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the number of singular values that are no rounding: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe NumericalRank(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.NumericalRank, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the condition number over the numerical rank, <c>sigma_1 / sigma_r</c>: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe ConditionNumber(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.ConditionNumber, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the condition number over all singular values, as published; of a low-rank matrix it is rounding: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe RawConditionNumber(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.RawConditionNumber, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of all singular values, a vector; the number beside it is the largest: docs/probes.md.</summary>
    /// <inheritdoc cref="EffectiveRank" path="/param"/>
    public static DeclaredProbe SingularValues(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.SingularValues, Settings(every, of, on, aroundResets, rows), line, file);
}
