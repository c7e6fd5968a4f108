using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

// T: positions, N: samples, V: vocabulary, H: query heads, K: key/value heads, D: head width.
namespace ReLoRA.Core.Dynamics.Observed;

/// <summary>
/// A full-rank copy of a model with its effective weights, at one moment, in at least 32 bits. Rows pass through the copy, so that nothing is
/// done to the model that trains; and the gradient of an effective weight is that of a plain weight, which autograd gives for every method.
/// </summary>
internal sealed class ObservedModel : IDisposable
{
    private readonly ObservingFactory factory = new();
    private readonly Decoder copy;
    private readonly Dictionary<string, Tensor> weights;

    /// <summary>Copies a model.</summary>
    /// <param name="model">The model.</param>
    public ObservedModel(Decoder model)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var type = model.Parameters[0].Value.dtype.Wide();
        copy = Architectures.Of(model.Model).Create(model.Model, new BlankWeights(type), factory, model.Device);
        weights = copy.Linears.Cast<ObservedLinear>().ToDictionary(linear => linear.Name, linear => linear.Weight);
        foreach (var linear in model.Linears)
        {
            using var one = NewDisposeScope();
            weights[linear.Name].copy_(linear.EffectiveWeight());
        }
        var adapted = weights.Keys.Select(name => $"{name}.weight").ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in copy.Parameters)
        {
            if (!adapted.Contains(parameter.Name))
                parameter.Value.copy_(model.Parameters[parameter.Name].Value);
            parameter.Value.requires_grad_(false);
        }
    }

    /// <summary>Outputs of linears: all positions of each row, or its last.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="names">The linears.</param>
    /// <param name="isLastOnly">Whether of each row its last position alone.</param>
    /// <returns>Samples by features, (N, out), on the CPU. The caller owns them.</returns>
    public Dictionary<string, Tensor> Activations(
        IEnumerable<(Tensor Inputs_1T, Tensor Labels_1T)> rows,
        IReadOnlySet<string> names,
        bool isLastOnly
    )
    {
        var pieces = names.ToDictionary(name => name, _ => new List<Tensor>());
        factory.Output = (name, y_1TO) =>
        {
            if (pieces.TryGetValue(name, out var own))
                own.Add(Samples(y_1TO, isLastOnly));
        };
        return Joined(rows, pieces);
    }

    /// <summary>Attention after its softmax.</summary>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="names">The layers.</param>
    /// <returns>(rows, heads, queries, keys), on the CPU. The caller owns them.</returns>
    public Dictionary<string, Tensor> Attention(
        IEnumerable<(Tensor Inputs_1T, Tensor Labels_1T)> rows,
        IReadOnlySet<string> names
    )
    {
        var pieces = names.ToDictionary(name => name, _ => new List<Tensor>());
        factory.Attention = (name, q, k) =>
        {
            if (pieces.TryGetValue(name, out var own))
                own.Add(Scores(q, k));
        };
        return Joined(rows, pieces);
    }

    /// <summary>The gradient of the mean loss with respect to effective weights, and the squared length of each row's own.</summary>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="names">The linears.</param>
    /// <returns>(out, in), on the CPU. The caller owns them.</returns>
    public Dictionary<string, (Tensor Gradient, IReadOnlyList<double> RowSquares)> Gradients(
        IEnumerable<(Tensor Inputs_1T, Tensor Labels_1T)> rows,
        IReadOnlySet<string> names
    )
    {
        var wanted = names.Order(StringComparer.Ordinal).ToList();
        var sums = wanted.ConvertAll(name => zeros_like(weights[name], dtype: float64).DetachFromDisposeScope());
        var squares = wanted.ConvertAll(_ => new List<double>());
        foreach (var name in wanted)
            weights[name].requires_grad_(true);
        using (var scope = NewDisposeScope())
        {
            foreach (var (inputs_1T, labels_1T) in rows)
            {
                using var row = NewDisposeScope();
                var logits_TV = copy.Forward(inputs_1T, training: false).flatten(0, 1);
                var loss = nn.functional.cross_entropy(logits_TV, labels_1T.flatten());
                var gradients = autograd.grad([loss], [.. wanted.Select(name => weights[name])]);
                for (var i = 0; i < wanted.Count; i++)
                {
                    var exact = gradients[i].to(float64);
                    sums[i].add_(exact, LivingScalar.Of(1));
                    squares[i].Add((exact * exact).sum().item<double>());
                }
            }
        }
        foreach (var name in wanted)
            weights[name].requires_grad_(false);
        return wanted
            .Select((name, i) => (name, Mean: Mean(sums[i], squares[i].Count), Squares: squares[i]))
            .ToDictionary(found => found.name, found => (found.Mean, (IReadOnlyList<double>)found.Squares));
    }

    public void Dispose() => copy.Dispose();

    private Dictionary<string, Tensor> Joined(
        IEnumerable<(Tensor Inputs_1T, Tensor Labels_1T)> rows,
        Dictionary<string, List<Tensor>> pieces
    )
    {
        try
        {
            Pass(rows);
            return pieces.ToDictionary(piece => piece.Key, piece => Joined(piece.Value));
        }
        finally
        {
            (factory.Output, factory.Attention) = (null, null);
            foreach (var piece in pieces.Values.SelectMany(own => own))
                piece.Dispose();
        }
    }

    private void Pass(IEnumerable<(Tensor Inputs_1T, Tensor Labels_1T)> rows)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (inputs_1T, _) in rows)
        {
            using var row = NewDisposeScope();
            copy.Hidden(inputs_1T, training: false);
        }
    }

    private static Tensor Samples(Tensor y_1TO, bool isLastOnly)
    {
        var samples_NO = y_1TO.flatten(0, 1);
        var kept = isLastOnly ? samples_NO.narrow(0, samples_NO.shape[0] - 1, 1) : samples_NO;
        return kept.cpu().clone().DetachFromDisposeScope();
    }

    private static Tensor Scores(Tensor q_1THD, Tensor k_1TKD)
    {
        using var scope = NewDisposeScope();
        var (length, heads, width) = (q_1THD.shape[1], q_1THD.shape[2], q_1THD.shape[3]);
        var k_1THD = k_1TKD.repeat_interleave(heads / k_1TKD.shape[2], dim: 2);
        var scores = einsum("bthd,bshd->bhts", q_1THD, k_1THD).Times(1 / Math.Sqrt(width));
        var unseen = ones(length, length, dtype: @bool, device: scores.device).triu(1);
        var masked = scores.masked_fill(unseen, LivingScalar.Of(double.NegativeInfinity));
        return nn.functional.softmax(masked, dim: -1).cpu().DetachFromDisposeScope();
    }

    private static Tensor Joined(List<Tensor> pieces)
    {
        using var scope = NewDisposeScope();
        return cat([.. pieces], dim: 0).DetachFromDisposeScope();
    }

    private static Tensor Mean(Tensor sum, int count)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        using var divisor = tensor((double)Math.Max(1, count), dtype: float64, device: sum.device);
        var mean = (sum / divisor).cpu().DetachFromDisposeScope();
        sum.Dispose();
        return mean;
    }
}
