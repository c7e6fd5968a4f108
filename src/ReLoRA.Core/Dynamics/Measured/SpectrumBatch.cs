using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

// N: matrices, R: the longer side, C: the shorter side, K: the inner side of a product.
namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>
/// Singular values of many matrices, those of equal shape in one call, in 64 bits on the CPU. Wide matrices are transposed, and products are
/// decomposed by a matrix as small as their inner side. What it costs: docs/probes.md.
/// </summary>
internal static class SpectrumBatch
{
    /// <summary>Numbers of one call: 64 MB, so that a batch takes no more than a piece of the loss's logits.</summary>
    private const long MostNumbers = 1 << 23;

    /// <summary>Computes those spectra that are not at hand.</summary>
    /// <param name="tensors">What is to be measured.</param>
    /// <param name="cancellation">Seen between two tensors.</param>
    public static void Compute(IEnumerable<MeasuredTensor> tensors, CancellationToken cancellation = default)
    {
        var pending = tensors
            .SelectMany(tensor => tensor.Minuend is { } minuend ? [minuend, tensor] : new[] { tensor })
            .Where(tensor => !tensor.HasSpectrum)
            .Distinct()
            .ToList();
        using var frozen = no_grad();
        // A difference reads its minuend's.
        foreach (var stage in pending.GroupBy(tensor => tensor.Minuend is not null).OrderBy(stage => stage.Key))
            Decompose(stage, cancellation);
    }

    private static void Decompose(IEnumerable<MeasuredTensor> tensors, CancellationToken cancellation)
    {
        var batches = new Dictionary<(long, long), Batch>();
        try
        {
            foreach (var tensor in tensors)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                if (Core(tensor) is not { } core)
                    continue;
                var key = (core.Matrix_RC.shape[0], core.Matrix_RC.shape[1]);
                if (!batches.TryGetValue(key, out var batch))
                    batches.Add(key, batch = new Batch());
                batch.Add(tensor, core.Rows, core.Columns, core.Matrix_RC);
                if (batch.Numbers >= MostNumbers)
                    batch.Solve();
            }
            foreach (var batch in batches.Values)
                batch.Solve();
        }
        finally
        {
            foreach (var batch in batches.Values)
                batch.Clear();
        }
    }

    /// <summary>What is to be decomposed in a tensor's place, tall; null where that is settled already.</summary>
    private static (Tensor Matrix_RC, long Rows, long Columns)? Core(MeasuredTensor tensor)
    {
        if (tensor.Finding.Length > 0)
        {
            tensor.TakeNone(tensor.Finding);
            return null;
        }
        if (tensor.Factors is { } factors)
        {
            var (left_RK, right_KC) = factors();
            if (Math.Max(left_RK.shape[1], 1) < Math.Min(left_RK.shape[0], right_KC.shape[1]))
                return (Inner(left_RK, right_KC), left_RK.shape[0], right_KC.shape[1]);
        }
        var matrix = tensor.Value();
        if (matrix.dim() != 2 || matrix.numel() == 0)
        {
            tensor.TakeNone(matrix.dim() != 2 ? Findings.NotAMatrix : Findings.Empty);
            return null;
        }
        var (rows, columns) = (matrix.shape[0], matrix.shape[1]);
        return (rows < columns ? matrix.t() : matrix, rows, columns);
    }

    /// <summary><c>R_1 R_2'</c> of <c>Q_1 R_1</c> and <c>Q_2 R_2</c>: the factors without what only turns them.</summary>
    private static Tensor Inner(Tensor left_RK, Tensor right_KC)
    {
        // QR of what is not finite never ends, or is refused.
        if (!left_RK.isfinite().all().item<bool>() || !right_KC.isfinite().all().item<bool>())
            return mm(left_RK.narrow(0, 0, left_RK.shape[1]), right_KC.narrow(1, 0, right_KC.shape[0]))
                .fill_(LivingScalar.Of(double.NaN));
        var (_, first_KK) = linalg.qr(left_RK);
        var (_, second_KK) = linalg.qr(right_KC.t());
        return mm(first_KK, second_KK.t());
    }

    private sealed class Batch
    {
        private readonly List<(MeasuredTensor Tensor, long Rows, long Columns, Tensor Matrix_RC)> items = [];

        public long Numbers => items.Sum(item => item.Matrix_RC.numel());

        public void Add(MeasuredTensor tensor, long rows, long columns, Tensor matrix_RC) =>
            items.Add((tensor, rows, columns, matrix_RC.contiguous().DetachFromDisposeScope()));

        public void Solve()
        {
            if (items.Count == 0)
                return;
            using var scope = NewDisposeScope();
            // LAPACK refuses a matrix that is not finite, or never returns: it has no part in the call.
            var finite = items.Where(item => item.Matrix_RC.isfinite().all().item<bool>()).ToList();
            var values =
                finite.Count == 0
                    ? []
                    : linalg.svdvals(stack([.. finite.Select(item => item.Matrix_RC)])).data<double>().ToArray();
            var width = (int)items[0].Matrix_RC.shape[1];
            foreach (var (item, own) in finite.Zip(values.Chunk(width)))
                Give(item, own);
            foreach (var item in items.Except(finite))
                Give(item, [.. Enumerable.Repeat(double.NaN, width)]);
            Clear();
        }

        /// <summary>Lets go of what was not solved.</summary>
        public void Clear()
        {
            foreach (var item in items)
                item.Matrix_RC.Dispose();
            items.Clear();
        }

        /// <summary>What a product's inner side leaves out is exactly 0.</summary>
        private static void Give(
            (MeasuredTensor Tensor, long Rows, long Columns, Tensor Matrix_RC) item,
            double[] values
        )
        {
            var filler = double.IsNaN(values[0]) ? double.NaN : 0;
            var rest = (int)Math.Min(item.Rows, item.Columns) - values.Length;
            item.Tensor.Take(item.Rows, item.Columns, [.. values, .. Enumerable.Repeat(filler, rest)]);
        }
    }
}
