using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Metrics;

namespace ReLoRA.Scripting.Language;

/// <content>Probes of what training moves.</content>
public sealed partial class ScriptGlobals
{
    /// <summary>A probe of an update's share, <c>|update| / |weight it was added to|</c>: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="of">Of what: an update. Default: <see cref="ProbeTarget.StepUpdate"/>.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public static DeclaredProbe UpdateRatio(
        int every = 0,
        ProbeTarget of = ProbeTarget.StepUpdate,
        string on = "*",
        bool aroundResets = true,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.UpdateRatio, Settings(every, of, on, aroundResets), line, file);

    /// <summary>A probe of how much of the leading singular subspace is still that before the first step, <c>|U'V|^2 / k</c>: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="of">Of what: anything but <see cref="ProbeTarget.Attention"/>. Default: <see cref="ProbeTarget.Weight"/>.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="directions">Leading singular directions that are compared. Default: 8.</param>
    /// <param name="side">Which singular vectors. Default: <see cref="SingularSide.Right"/>, directions of the linear's inputs.</param>
    /// <param name="rows">Rows of the training data, for gradients, activations and attention. Default: 8.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public static DeclaredProbe SubspaceOverlap(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int directions = 8,
        SingularSide side = SingularSide.Right,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) =>
        Of(
            ProbeMetric.SubspaceOverlap,
            Settings(every, of, on, aroundResets, rows) with
            {
                Directions = directions,
                Side = side,
            },
            line,
            file
        );

    /// <summary>A probe of the angles between the leading singular subspace and that before the first step, a vector: docs/probes.md.</summary>
    /// <inheritdoc cref="SubspaceOverlap" path="/param"/>
    public static DeclaredProbe PrincipalAngles(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int directions = 8,
        SingularSide side = SingularSide.Right,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) =>
        Of(
            ProbeMetric.PrincipalAngles,
            Settings(every, of, on, aroundResets, rows) with
            {
                Directions = directions,
                Side = side,
            },
            line,
            file
        );

    /// <summary>A probe of the gradient noise scale, <c>tr S / |G|^2</c>, from the gradients of single rows: docs/probes.md.</summary>
    /// <param name="every">Steps between measurements; 0 measures at the start and the end only. Default: 0.</param>
    /// <param name="on">The linears measured; <c>*</c> stands for any text. Default: <c>*</c>, all.</param>
    /// <param name="aroundResets">Whether both sides of each reset are measured. Default: true.</param>
    /// <param name="rows">Rows of the training data, for gradients, activations and attention. Default: 8.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public static DeclaredProbe GradientNoiseScale(
        int every = 0,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.GradientNoiseScale, Settings(every, ProbeTarget.Gradient, on, aroundResets, rows), line, file);

    /// <summary>Saves what is measured to <c>snapshots/</c> in the cell's folder, as safetensors; the figure is its Frobenius norm: docs/probes.md.</summary>
    /// <inheritdoc cref="FrobeniusNorm" path="/param"/>
    public static DeclaredProbe Snapshot(
        int every = 0,
        ProbeTarget of = ProbeTarget.Weight,
        string on = "*",
        bool aroundResets = true,
        int rows = MostlyRows,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Of(ProbeMetric.Snapshot, Settings(every, of, on, aroundResets, rows), line, file);
}
