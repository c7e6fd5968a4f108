using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Observed;
using ReLoRA.Core.LowRank;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>What is measured of a model at one moment. Ends with the moment: what rows of data showed goes with it.</summary>
internal sealed class ModelSource : IMatrixSource
{
    private readonly Decoder model;
    private readonly Surroundings around;
    private readonly Dictionary<string, DecoderLinear> linears;
    private readonly Dictionary<(ProbeTarget, string), IReadOnlyList<MeasuredTensor>> known;
    private readonly Dictionary<(ProbeTarget, string, int), IReadOnlyList<MeasuredTensor>> seen = [];
    private readonly Observation? observation;

    /// <summary>Looks at a model.</summary>
    /// <param name="model">The model; never changed here.</param>
    /// <param name="around">What else is known.</param>
    /// <param name="observed">The linears whose activations and gradients can be asked for. Default: all.</param>
    /// <param name="known">What an earlier look at the same weights found of them, and where this one leaves what it finds. Default: nothing.</param>
    public ModelSource(
        Decoder model,
        Surroundings around,
        IReadOnlySet<string>? observed = null,
        Dictionary<(ProbeTarget, string), IReadOnlyList<MeasuredTensor>>? known = null
    )
    {
        (this.model, this.around, this.known) = (model, around, known ?? []);
        linears = model.Linears.ToDictionary(linear => linear.Name, StringComparer.Ordinal);
        if (around.Rows is { } rows)
            observation = new Observation(
                model,
                rows,
                observed ?? linears.Keys.ToHashSet(StringComparer.Ordinal),
                around.Cancellation
            );
    }

    public IReadOnlyList<string> Names(ProbeTarget target) =>
        TargetKinds.IsOfHeads(target)
            ? [.. model.Blocks.Select(block => block.AttentionName)]
            : [.. model.Linears.Select(linear => linear.Name)];

    public IReadOnlyList<MeasuredTensor> Of(ProbeTarget target, string name, int rows)
    {
        // Rows matter to what is observed alone: all else is shared between probes that differ in them.
        if (TargetKinds.IsObserved(target))
            return seen.TryGetValue((target, name, rows), out var observed)
                ? observed
                : seen[(target, name, rows)] = Find(target, name, rows);
        return known.TryGetValue((target, name), out var found)
            ? found
            : known[(target, name)] = Find(target, name, rows);
    }

    public void Dispose() => observation?.Dispose();

    private IReadOnlyList<MeasuredTensor> Find(ProbeTarget target, string name, int rows) =>
        target switch
        {
            ProbeTarget.Attention =>
            [
                new MeasuredTensor(name, model.Parameters[0].Value.dtype.Wide(), () => Observed.Attention(name, rows)),
            ],
            _ when TargetKinds.IsOfHeads(target) => HeadCircuits.Of(Block(name), model.Model.Heads, target),
            ProbeTarget.Weight => [Weight(name)],
            ProbeTarget.FrozenWeight => [Frozen(name)],
            ProbeTarget.CumulativeUpdate => [CumulativeUpdate(name)],
            ProbeTarget.StepUpdate => [StepUpdate(name)],
            ProbeTarget.ResetUpdate => [ResetUpdate(name)],
            ProbeTarget.AdapterA or ProbeTarget.AdapterB or ProbeTarget.Adapter => [Adapter(target, name)],
            ProbeTarget.Activation or ProbeTarget.LastActivation =>
            [
                new MeasuredTensor(
                    name,
                    model.Parameters[0].Value.dtype.Wide(),
                    () => Observed.Activation(name, rows, target == ProbeTarget.LastActivation)
                ),
            ],
            ProbeTarget.FirstMoment or ProbeTarget.SecondMoment => [.. MomentsOf(target, name)],
            _ => [Gradient(target, name, rows)],
        };

    private ScalarType Type => around.Stored ?? model.Linears.First().Type;

    /// <summary>What is coarser, of the weight and what it was.</summary>
    private ScalarType UpdateType(string name) => Type.Coarser(around.InitialStored?.Invoke(name) ?? Type);

    private Observation Observed =>
        observation
        ?? throw new UserFaultException(
            "Activations, gradients and attention need rows of data, and none are given. Give --data DATASET."
        );

    private DecoderBlock Block(string name) => model.Blocks.First(block => block.AttentionName == name);

    private MeasuredTensor Weight(string name) => new(name, Type, () => linears[name].EffectiveWeight());

    private MeasuredTensor Frozen(string name) =>
        linears[name] switch
        {
            ReLoRALinear linear => new MeasuredTensor(name, Type, () => linear.Weight),
            LowRankLinear => MeasuredTensor.None(name, "no weight beside the factors"),
            _ => Of(ProbeTarget.Weight, name, 0)[0],
        };

    private MeasuredTensor CumulativeUpdate(string name)
    {
        var initial = Known(around.Initial, "The update since the first step needs the model before it");
        var weight = Of(ProbeTarget.Weight, name, 0)[0];
        return Difference(name, weight, () => initial(name));
    }

    private MeasuredTensor StepUpdate(string name)
    {
        var before = Known(around.BeforeStep, "The last update needs the weights before it");
        return new MeasuredTensor(
            name,
            UpdateType(name),
            () =>
                WeightUpdate.Of(
                    name,
                    linears[name].EffectiveWeight().cpu(),
                    before(name) ?? throw new InvalidOperationException(name)
                )
        )
        {
            Minuend = Of(ProbeTarget.Weight, name, 0)[0],
            AddedTo = new MeasuredTensor(name, Type, () => before(name)!),
            Finding = HasBefore(before, name) ? "" : "no update yet",
        };
    }

    private MeasuredTensor ResetUpdate(string name)
    {
        if (linears[name] is not ReLoRALinear linear)
            return linears[name] is LowRankLinear || around.Initial is null
                ? MeasuredTensor.None(name, "no adapter")
                : Of(ProbeTarget.CumulativeUpdate, name, 0)[0];
        return new MeasuredTensor(name, float64, () => (linear.ScaledB().cpu(), linear.A.to(float64).cpu()))
        {
            AddedTo = Of(ProbeTarget.FrozenWeight, name, 0)[0],
        };
    }

    private MeasuredTensor Adapter(ProbeTarget target, string name)
    {
        var factors = linears[name] switch
        {
            ReLoRALinear linear => ((Tensor A, Tensor B)?)(linear.A, linear.B),
            LowRankLinear linear => (linear.A, linear.B),
            _ => null,
        };
        if (factors is not { } found)
            return MeasuredTensor.None(name, "no adapter");
        return target switch
        {
            ProbeTarget.AdapterA => new MeasuredTensor($"{name}.A_lora", Type, () => found.A),
            ProbeTarget.AdapterB => new MeasuredTensor($"{name}.B_lora", Type, () => found.B),
            _ => new MeasuredTensor(name, float64, () => (found.B.to(float64).cpu(), found.A.to(float64).cpu())),
        };
    }

    private MeasuredTensor Gradient(ProbeTarget target, string name, int rows)
    {
        var type = model.Parameters[0].Value.dtype.Wide();
        var (gradient, squares) = Observed.Gradient(name, rows);
        if (target == ProbeTarget.Gradient)
            return new MeasuredTensor(name, type, () => gradient) { RowSquares = squares };
        // y = (W + s B A) x: what reaches B and A is what reaches W + s B A, times the other factor.
        var (scaledA, scaledB) = linears[name] switch
        {
            ReLoRALinear linear => (linear.ScaledA, linear.ScaledB),
            LowRankLinear linear => (() => linear.A.to(float64), () => linear.B.to(float64)),
            _ => ((Func<Tensor>?)null, (Func<Tensor>?)null),
        };
        if (scaledA is null || scaledB is null)
            return MeasuredTensor.None(name, "no adapter");
        return target == ProbeTarget.AdapterAGradient
            ? new MeasuredTensor($"{name}.A_lora", type, () => mm(scaledB().cpu().t(), gradient))
            : new MeasuredTensor($"{name}.B_lora", type, () => mm(gradient, scaledA().cpu().t()));
    }

    private IEnumerable<MeasuredTensor> MomentsOf(ProbeTarget target, string name)
    {
        var moments = Known(around.Moments, "AdamW's moments need its state");
        var prefix = name + ".";
        foreach (var parameter in model.Parameters)
            if (
                parameter.Name.StartsWith(prefix, StringComparison.Ordinal)
                && parameter.Value.dim() == 2
                && moments(parameter.Name) is { } found
            )
                yield return new MeasuredTensor(
                    parameter.Name.EndsWith(".weight", StringComparison.Ordinal)
                        ? parameter.Name[..^".weight".Length]
                        : parameter.Name,
                    found.First.dtype,
                    () => target == ProbeTarget.FirstMoment ? found.First : found.Second
                );
    }

    private MeasuredTensor Difference(string name, MeasuredTensor weight, Func<Tensor> other) =>
        new(name, UpdateType(name), () => WeightUpdate.Of(name, linears[name].EffectiveWeight().cpu(), other()))
        {
            Minuend = weight,
            AddedTo = new MeasuredTensor(name, Type, other),
        };

    private static bool HasBefore(Func<string, Tensor?> before, string name)
    {
        using var scope = NewDisposeScope();
        return before(name) is not null;
    }

    private static T Known<T>(T? part, string need)
        where T : class => part ?? throw new UserFaultException($"{need}, and none is given.");
}
