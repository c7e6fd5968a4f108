using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Published;

/// <summary>What is measured of a published folder of learning dynamics.</summary>
internal sealed class PublishedSource : IMatrixSource
{
    private readonly LearningDynamicsFolder folder;
    private readonly DynamicsSplit split;
    private readonly WeightsSince? initial;
    private readonly PublishedScale scale;
    private readonly Dictionary<DynamicsKind, LearningDynamicsFile> files = [];
    private readonly Dictionary<(ProbeTarget, string), MeasuredTensor> known = [];

    /// <summary>Looks at a folder; files are read when they are asked for.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">The data that it was measured on.</param>
    /// <param name="initial">The weights that updates are counted from.</param>
    public PublishedSource(LearningDynamicsFolder folder, DynamicsSplit split, WeightsSince? initial = null)
    {
        (this.folder, this.split, this.initial) = (folder, split, initial);
        scale = new PublishedScale(folder.Path);
    }

    public IReadOnlyList<string> Names(ProbeTarget target) => File(target).Linears;

    public IReadOnlyList<MeasuredTensor> Of(ProbeTarget target, string name, int rows)
    {
        if (!known.TryGetValue((target, name), out var found))
            known.Add((target, name), found = Find(target, name));
        return [found];
    }

    public void Dispose()
    {
        foreach (var file in files.Values)
            file.Dispose();
    }

    private MeasuredTensor Find(ProbeTarget target, string name)
    {
        var file = File(target);
        return target switch
        {
            ProbeTarget.Weight => Weight(file, name),
            ProbeTarget.FrozenWeight => Part(file, name, LinearPart.Linear, "no weight beside the factors"),
            ProbeTarget.CumulativeUpdate or ProbeTarget.StepUpdate => Update(name),
            ProbeTarget.ResetUpdate => ResetUpdate(file, name),
            ProbeTarget.AdapterA or ProbeTarget.AdapterAGradient => Part(file, name, LinearPart.A, "no adapter"),
            ProbeTarget.AdapterB or ProbeTarget.AdapterBGradient => Part(file, name, LinearPart.B, "no adapter"),
            ProbeTarget.Adapter => file.HasAdapter(name)
                ? new MeasuredTensor(name, float64, () => Factors(file, name, 1))
                : MeasuredTensor.None(name, "no adapter"),
            _ => Part(file, name, LinearPart.Linear, "not published"),
        };
    }

    /// <summary>The one file that has a target.</summary>
    private LearningDynamicsFile File(ProbeTarget target)
    {
        var kind = KindOf(target);
        if (!files.TryGetValue(kind, out var file))
            files.Add(kind, file = folder.Read(split, kind));
        return file;
    }

    private DynamicsKind KindOf(ProbeTarget target) =>
        target switch
        {
            ProbeTarget.Weight
            or ProbeTarget.FrozenWeight
            or ProbeTarget.CumulativeUpdate
            or ProbeTarget.StepUpdate
            or ProbeTarget.ResetUpdate
            or ProbeTarget.Adapter
            or ProbeTarget.AdapterA
            or ProbeTarget.AdapterB => DynamicsKind.Weights,
            ProbeTarget.Activation or ProbeTarget.LastActivation => DynamicsKind.Activations,
            ProbeTarget.Gradient or ProbeTarget.AdapterAGradient or ProbeTarget.AdapterBGradient =>
                DynamicsKind.Gradients,
            _ => throw new UserFaultException(
                $"{folder.Path} is learning dynamics, which have weights, activations and gradients, and no "
                    + $"{SnakeCase.Of(target)}. Measure the checkpoint's own weights."
            ),
        };

    private MeasuredTensor Weight(LearningDynamicsFile file, string name)
    {
        if (!file.HasAdapter(name))
            return Part(file, name, LinearPart.Linear, "");
        var s = scale.Of(name, file.Shape(name, LinearPart.A)[0]);
        return file.Has(name, LinearPart.Linear)
            ? new MeasuredTensor(
                name,
                file.Type(name),
                () =>
                {
                    var (sB, a) = Factors(file, name, s);
                    return file.Load(name).to(float64).Plus(mm(sB, a));
                }
            )
            : new MeasuredTensor(name, file.Type(name, LinearPart.B), () => Factors(file, name, s));
    }

    private MeasuredTensor Update(string name)
    {
        var weight = Of(ProbeTarget.Weight, name, 0)[0];
        var before =
            initial
            ?? throw new UserFaultException("An update needs the weights before it, and no reference is given.");
        return new MeasuredTensor(
            name,
            weight.Rounded.Coarser(before.Stored(name)),
            () => WeightUpdate.Of(name, weight.Value(), before.Of(name))
        )
        {
            Minuend = weight,
            AddedTo = new MeasuredTensor(name, before.Stored(name), () => before.Of(name)),
        };
    }

    private MeasuredTensor ResetUpdate(LearningDynamicsFile file, string name)
    {
        if (!file.HasAdapter(name))
            return MeasuredTensor.None(name, "no adapter");
        var s = scale.Of(name, file.Shape(name, LinearPart.A)[0]);
        return new MeasuredTensor(name, float64, () => Factors(file, name, s))
        {
            AddedTo = Of(ProbeTarget.FrozenWeight, name, 0)[0],
        };
    }

    private static MeasuredTensor Part(LearningDynamicsFile file, string name, LinearPart part, string missing)
    {
        if (!file.Has(name, part))
            return MeasuredTensor.None(name, missing);
        var beside = part == LinearPart.Linear ? "" : $".{part}_lora";
        return new MeasuredTensor(name + beside, file.Type(name, part), () => file.Load(name, part));
    }

    /// <summary>s B and A.</summary>
    private static (Tensor Left, Tensor Right) Factors(LearningDynamicsFile file, string name, double s)
    {
        var b = file.Load(name, LinearPart.B).to(float64);
        return (s == 1 ? b : b.Times(s), file.Load(name, LinearPart.A).to(float64));
    }
}
