using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <content>Probes of activations and attention.</content>
public sealed partial class ScriptGlobals
{
    /// <summary>A probe of the activations' alignment with those before the first step, <c>|X'Y|^2 / (|X'X| |Y'Y|)</c>: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="of">Of what: <see cref="ProbeTarget.Activation"/> or <see cref="ProbeTarget.LastActivation"/>. Default: <see cref="ProbeTarget.Activation"/>.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="rows">Rows of the training data, for gradients, activations and attention. Default: 8.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public static DeclaredProbe Cka(
        int every = 0,
        ProbeTarget of = ProbeTarget.Activation,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.Cka, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the same without bias, for few samples: docs/probes.md.</summary>
    /// <inheritdoc cref="Cka" path="/param"/>
    public static DeclaredProbe CkaDebiased(
        int every = 0,
        ProbeTarget of = ProbeTarget.Activation,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.CkaDebiased, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the mean canonical correlation with the activations before the first step, of directions that hold 99 %: docs/probes.md.</summary>
    /// <inheritdoc cref="Cka" path="/param"/>
    public static DeclaredProbe Svcca(
        int every = 0,
        ProbeTarget of = ProbeTarget.Activation,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.Svcca, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the canonical correlation with the activations before the first step, weighted by projections: docs/probes.md.</summary>
    /// <inheritdoc cref="Cka" path="/param"/>
    public static DeclaredProbe Pwcca(
        int every = 0,
        ProbeTarget of = ProbeTarget.Activation,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.Pwcca, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the same with the published code's weights, to compare with published figures: docs/probes.md.</summary>
    /// <inheritdoc cref="Cka" path="/param"/>
    public static DeclaredProbe PwccaPublished(
        int every = 0,
        ProbeTarget of = ProbeTarget.Activation,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.PwccaPublished, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the mean cosine of two different samples: docs/probes.md.</summary>
    /// <inheritdoc cref="Cka" path="/param"/>
    public static DeclaredProbe Anisotropy(
        int every = 0,
        ProbeTarget of = ProbeTarget.Activation,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.Anisotropy, Settings(every, of, on, aroundResets, rows), line, file);

    /// <summary>A probe of the entropy of attention in nats, <c>-sum p ln p</c>, a vector of heads: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="on">The attention layers measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="rows">Rows of the training data, for gradients, activations and attention. Default: 8.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public static DeclaredProbe AttentionEntropy(
        int every = 0,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.AttentionEntropy, Settings(every, ProbeTarget.Attention, on, aroundResets, rows), line, file);

    /// <summary>A probe of the same as a share of the most that each position can have: docs/probes.md.</summary>
    /// <inheritdoc cref="AttentionEntropy" path="/param"/>
    public static DeclaredProbe AttentionEntropyShare(
        int every = 0,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) =>
        Of(
            ProbeMetric.AttentionEntropyShare,
            Settings(every, ProbeTarget.Attention, on, aroundResets, rows),
            line,
            file
        );
}
