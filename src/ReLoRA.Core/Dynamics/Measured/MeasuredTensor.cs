using ReLoRA.Core.Dynamics.Metrics;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>
/// One tensor of a model at one moment. Its numbers are computed anew each time they are asked for, so that a moment holds no copies of the
/// model; its spectrum is computed once and serves all probes.
/// </summary>
public sealed class MeasuredTensor
{
    private readonly Func<Tensor> value;
    private readonly Dictionary<(int Count, SingularSide Side), LeadingVectors> leading = [];
    private Spectrum? spectrum;
    private long[]? shape;

    internal MeasuredTensor(string name, ScalarType rounded, Func<Tensor> value) =>
        (Name, Rounded, this.value) = (name, rounded, value);

    /// <summary>A product of two factors, whose singular values are those of a matrix as small as the inner side.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="rounded">See <see cref="Rounded"/>.</param>
    /// <param name="factors">Both factors in 64 bits on the CPU.</param>
    internal MeasuredTensor(string name, ScalarType rounded, Func<(Tensor Left, Tensor Right)> factors)
        : this(
            name,
            rounded,
            () =>
            {
                var (left, right) = factors();
                return mm(left, right);
            }
        ) => Factors = factors;

    /// <summary>Nothing to measure.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="finding">Why.</param>
    internal static MeasuredTensor None(string name, string finding) =>
        new(name, float64, value: () => throw new InvalidOperationException(finding)) { Finding = finding };

    /// <summary>What it is of: <c>layers.3.attention.q_proj</c>, or a part of that.</summary>
    public string Name { get; }

    /// <summary>The type to which its numbers were rounded; 64 bits for what was computed exactly from stored numbers.</summary>
    internal ScalarType Rounded { get; }

    /// <summary>For a difference: what was subtracted from, whose rounding it carries.</summary>
    internal MeasuredTensor? Minuend { get; init; }

    /// <summary>For an update: what it was added to.</summary>
    internal MeasuredTensor? AddedTo { get; init; }

    /// <summary>For a gradient: the squared length of the gradient of each row.</summary>
    internal IReadOnlyList<double> RowSquares { get; init; } = [];

    /// <summary>Why there is nothing to measure; empty where there is.</summary>
    internal string Finding { get; init; } = "";

    internal Func<(Tensor Left, Tensor Right)>? Factors { get; }

    /// <summary>Whether the spectrum is at hand.</summary>
    internal bool HasSpectrum => spectrum is not null;

    /// <summary>The singular values, of a matrix.</summary>
    public Spectrum Spectrum
    {
        get
        {
            if (spectrum is null)
                SpectrumBatch.Compute([this]);
            return spectrum!;
        }
    }

    /// <summary>The leading singular vectors of a matrix, computed once.</summary>
    internal LeadingVectors Leading(int count, SingularSide side)
    {
        if (!leading.TryGetValue((count, side), out var found))
            leading.Add((count, side), found = LeadingVectors.Of(this, count, side));
        return found;
    }

    /// <summary>The lengths of its sides; none where there is nothing.</summary>
    internal IReadOnlyList<long> Shape => shape ??= Measure();

    /// <summary>The numbers, in 64 bits on the CPU. The caller's scope owns the tensor, which may be the stored one itself: it is not to be changed.</summary>
    public Tensor Value()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return value().to(float64).cpu().MoveToOuterDisposeScope();
    }

    private long[] Measure()
    {
        using var scope = NewDisposeScope();
        return Finding.Length > 0 ? [] : Value().shape;
    }

    /// <summary>Takes singular values that a decomposition gave.</summary>
    internal void Take(long rows, long columns, IReadOnlyList<double> values) =>
        spectrum = Spectrum.OfValues(rows, columns, values, Rounded, Minuend?.Spectrum);

    /// <summary>Takes the place of the singular values of what is no matrix.</summary>
    internal void TakeNone(string finding) => spectrum = new Spectrum(0, 0, [], 0, finding);
}
