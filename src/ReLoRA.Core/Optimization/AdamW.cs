using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
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
    private readonly int flatTail;
    private Tensor[] weights = [];
    private Tensor[] gradients = [];
    private Tensor[] held = [];
    private Tensor[] first = [];
    private Tensor[] second = [];
    private Tensor[] steps = [];
    private IReadOnlyList<(int[] Places, double Decay)> groups = [];
    private readonly Dictionary<nint, int> places = [];
    private readonly SortedDictionary<int, Tensor> masters = [];

    /// <summary>Makes the state and gives every weight a gradient of zeros, which backward passes add to.</summary>
    /// <param name="parameters">The weights that train.</param>
    /// <param name="config">Betas, epsilon, decay and clipping.</param>
    /// <param name="holdsMasters">Whether updates are made to 32-bit copies, which the optimizer keeps, and rounded into the weights: <see cref="Precision.BFloat16Zero2"/>.</param>
    /// <param name="flatTail">Numbers behind the gradients, where these are to lie in one piece (<see cref="Flat"/>). Default: 0, each gradient is a tensor of its own.</param>
    public AdamW(IEnumerable<Parameter> parameters, OptimizerConfig config, bool holdsMasters = false, int flatTail = 0)
    {
        (this.config, HoldsMasters, this.flatTail) = (config, holdsMasters, flatTail);
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
        Flat = flatTail > 0 ? new FlatGradients(weights, flatTail, kernels) : null;
        gradients = Flat?.Gradients ?? [.. weights.Select(weight => Owned(zeros_like(weight)))];
        held = HoldsMasters ? [.. weights.Select(weight => Owned(weight.to(float32, copy: true)))] : [];
        first = [.. Updated.Select(weight => Owned(zeros_like(weight)))];
        second = [.. Updated.Select(weight => Owned(zeros_like(weight)))];
        steps = [.. weights.Select(weight => Owned(zeros([], dtype: float32, device: weight.device)))];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i].grad = gradients[i];
            places.Add(weights[i].Handle, i);
        }
        groups =
        [
            .. Enumerable
                .Range(0, weights.Length)
                .GroupBy(i => DecayRules.IsDecayed(Parameters[i].Name, config))
                .Select(group => (group.ToArray(), group.Key ? config.WeightDecay : 0)),
        ];
    }

    /// <summary>What updates are made to.</summary>
    private Tensor[] Updated => HoldsMasters ? held : weights;

    /// <summary>The weights, in the order of the state.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private set; } = [];

    /// <summary>All gradients in one piece; null where each is a tensor of its own.</summary>
    public FlatGradients? Flat { get; private set; }

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
        HoldsMasters
            ? Parameters.Zip(held, (parameter, value) => (parameter.Name, value))
            : masters.Select(master => (Parameters[master.Key].Name, master.Value));

    /// <summary>Whether each weight has a master for good.</summary>
    public bool HoldsMasters { get; }

    /// <summary>Takes over a weight that was changed behind the optimizer's back, where it would overwrite it with its own copy.</summary>
    /// <param name="weight">A weight; one that is not trained here is passed over.</param>
    public void Adopt(Tensor weight)
    {
        if (!HoldsMasters || !places.TryGetValue(weight.Handle, out var place))
            return;
        using var frozen = no_grad();
        held[place].copy_(weight);
    }

    /// <summary>
    /// Sets a value aside that the next update starts from, whatever becomes of the live weight until then: what an optimizer with
    /// master copies does to a weight that was changed behind its back. One that holds them does so in any case.
    /// </summary>
    /// <param name="weight">One of the weights given at construction.</param>
    /// <param name="value">The value; copied.</param>
    public void KeepMaster(Tensor weight, Tensor value)
    {
        if (HoldsMasters)
            return;
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

    /// <summary>Clears the gradients of a step that is not taken.</summary>
    public void Clear()
    {
        using var frozen = no_grad();
        kernels.Clear(gradients);
    }

    /// <summary>Clips, updates every weight, and clears the gradients.</summary>
    /// <param name="learningRate">The rate in force for this update.</param>
    /// <returns>The gradient's L2 norm before clipping.</returns>
    public double Step(double learningRate)
    {
        using var norm = Update(learningRate);
        return norm.item<double>();
    }

    /// <summary>
    /// Clips, updates every weight, and clears the gradients, without waiting for a GPU to have done so. Where the norm or the loss is no finite number nothing is updated.
    /// </summary>
    /// <param name="learningRate">The rate in force for this update.</param>
    /// <param name="loss">The loss whose gradients these are, a 64-bit scalar; null where it is not at hand.</param>
    /// <returns>The gradient's L2 norm before clipping, a 64-bit scalar. Belongs to the caller.</returns>
    public Tensor Update(double learningRate, Tensor? loss = null)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        RestoreMasters();
        Tensor[] wide =
            HoldsMasters || weights[0].dtype == bfloat16
                ? [.. gradients.Select(gradient => gradient.to(float32))]
                : gradients;
        var norm = kernels.Norm(wide);
        var sound = (loss is null ? norm : norm.Plus(loss)).isfinite().to(float32);
        // A kernel wants gradients of the type of what it updates.
        var taken = HoldsMasters ? wide : gradients;
        if (config.ClipNorm > 0)
            kernels.Clip(taken, norm, config.ClipNorm);
        foreach (var (at, decay) in groups)
        {
            var group = new ParameterGroup(Of(Updated), Of(taken), Of(first), Of(second), Of(steps), decay);
            kernels.Update(group, learningRate, config, sound);

            Tensor[] Of(Tensor[] all) => [.. at.Select(i => all[i])];
        }
        if (HoldsMasters)
            kernels.Copy(weights, held);
        kernels.Clear(gradients);
        return norm.MoveToOuterDisposeScope();
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
        Tensor[] ofGradients = Flat is null ? gradients : [];
        foreach (var tensor in (IEnumerable<Tensor>)[.. ofGradients, .. held, .. first, .. second, .. steps])
            tensor.Dispose();
        Flat?.Dispose();
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
