using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Optimization;

/// <summary>
/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019), equal to PyTorch's. One call of libtorch's fused kernel
/// updates all weights: docs/training-engine.md has what that gains.
/// </summary>
public sealed class AdamW : IDisposable
{
    private readonly OptimizerConfig config;
    private readonly FusedKernels kernels = new();
    private Tensor[] weights = [];
    private Tensor[] gradients = [];
    private Tensor[] first = [];
    private Tensor[] second = [];
    private Tensor[] steps = [];
    private readonly Dictionary<nint, int> places = [];
    private readonly SortedDictionary<int, Tensor> masters = [];

    /// <summary>Makes the state and gives every weight a gradient of zeros, which backward passes add to.</summary>
    /// <param name="parameters">The weights that train.</param>
    /// <param name="config">Betas, epsilon, decay and clipping.</param>
    public AdamW(IEnumerable<Parameter> parameters, OptimizerConfig config)
    {
        this.config = config;
        Begin(parameters);
    }

    /// <summary>Forgets all state and begins anew, with other weights.</summary>
    /// <param name="parameters">The weights that train from now on.</param>
    public void Restart(IEnumerable<Parameter> parameters)
    {
        End();
        Begin(parameters);
    }

    private void Begin(IEnumerable<Parameter> parameters)
    {
        Parameters = [.. parameters];
        weights = [.. Parameters.Select(parameter => parameter.Value)];
        using var frozen = no_grad();
        gradients = [.. weights.Select(weight => Owned(zeros_like(weight)))];
        first = [.. weights.Select(weight => Owned(zeros_like(weight)))];
        second = [.. weights.Select(weight => Owned(zeros_like(weight)))];
        steps = [.. weights.Select(weight => Owned(zeros([], dtype: float32, device: weight.device)))];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i].grad = gradients[i];
            places.Add(weights[i].Handle, i);
        }
    }

    /// <summary>The weights, in the order of the state.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private set; } = [];

    /// <summary>The state of a weight.</summary>
    /// <param name="weight">One of the weights given at construction.</param>
    /// <exception cref="KeyNotFoundException">The optimizer does not train this weight.</exception>
    public Moments MomentsOf(Tensor weight)
    {
        var place = places[weight.Handle];
        return new Moments(first[place], second[place], steps[place]);
    }

    /// <summary>
    /// The values that the next update starts from in place of the live ones, by the name of the weight, in the order of the state.
    /// The optimizer owns them.
    /// </summary>
    public IEnumerable<(string Name, Tensor Value)> Masters =>
        masters.Select(master => (Parameters[master.Key].Name, master.Value));

    /// <summary>
    /// Sets a value aside that the next update starts from, whatever becomes of the live weight until then: what an optimizer with
    /// master copies does to a weight that was changed behind its back.
    /// </summary>
    /// <param name="weight">One of the weights given at construction.</param>
    /// <param name="value">The value; copied.</param>
    public void KeepMaster(Tensor weight, Tensor value)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var place = places[weight.Handle];
        if (masters.Remove(place, out var old))
            old.Dispose();
        masters.Add(place, Owned(value.detach().to(weight.device, copy: true)));
    }

    /// <summary>Forgets what <see cref="KeepMaster"/> set aside.</summary>
    public void ForgetMasters()
    {
        foreach (var master in masters.Values)
            master.Dispose();
        masters.Clear();
    }

    /// <summary>Clips, updates every weight, and clears the gradients.</summary>
    /// <param name="learningRate">The rate in force for this update.</param>
    /// <returns>The gradient's L2 norm before clipping.</returns>
    public double Step(double learningRate)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        RestoreMasters();
        var norm = kernels.Norm(gradients);
        if (config.ClipNorm > 0 && norm > config.ClipNorm)
            kernels.Scale(gradients, config.ClipNorm / (norm + GradientClipping.Epsilon));
        kernels.Update(weights, gradients, first, second, steps, learningRate, config);
        kernels.Clear(gradients);
        return norm;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        kernels.Dispose();
    }

    private void End()
    {
        foreach (var weight in weights.Where(weight => !weight.IsInvalid))
            weight.grad = null;
        foreach (var tensor in (IEnumerable<Tensor>)[.. gradients, .. first, .. second, .. steps])
            tensor.Dispose();
        places.Clear();
        ForgetMasters();
    }

    private void RestoreMasters()
    {
        foreach (var (place, master) in masters)
            weights[place].copy_(master);
        ForgetMasters();
    }

    private static Tensor Owned(Tensor tensor) => tensor.DetachFromDisposeScope();
}
