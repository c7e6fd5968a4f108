using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Measured;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// A linear as a script's figure sees it. Everything is computed when it is asked for, once a moment, and shared with all other probes; nothing has to be
/// disposed.
/// </summary>
public sealed class ProbedLinear
{
    private readonly ProbedMoment moment;
    private readonly int rows;

    internal ProbedLinear(string name, ProbedMoment moment, int rows) =>
        (Name, this.moment, this.rows) = (name, moment, rows);

    /// <summary>Its published name, for example <c>layers.0.attention.q_proj</c>.</summary>
    public string Name { get; }

    /// <summary>Completed updates.</summary>
    public long Step => moment.Step;

    /// <summary><c>step</c>, <c>before_reset</c>, <c>after_reset</c>, <c>after_reset+1</c> or <c>rewarmed</c>.</summary>
    public string Moment => moment.Name;

    /// <summary>The effective weight, <c>W + s B A</c>.</summary>
    public ProbedMatrix Weight => Of(ProbeTarget.Weight);

    /// <summary>The same as <see cref="Weight"/>.</summary>
    public ProbedMatrix Effective => Weight;

    /// <summary>The weight without its adapter, <c>W</c>.</summary>
    public ProbedMatrix Frozen => Of(ProbeTarget.FrozenWeight);

    /// <summary>The effective weight minus the initial one.</summary>
    public ProbedMatrix Update => Of(ProbeTarget.CumulativeUpdate);

    /// <summary>What was added since the last reset, <c>s B A</c>.</summary>
    public ProbedMatrix ResetUpdate => Of(ProbeTarget.ResetUpdate);

    /// <summary>What the last update added.</summary>
    public ProbedMatrix StepUpdate => Of(ProbeTarget.StepUpdate);

    /// <summary>The adapter's first factor; a matrix without numbers where there is none.</summary>
    public ProbedMatrix A => Of(ProbeTarget.AdapterA);

    /// <summary>The adapter's second factor.</summary>
    public ProbedMatrix B => Of(ProbeTarget.AdapterB);

    /// <summary><c>B A</c>.</summary>
    public ProbedMatrix Adapter => Of(ProbeTarget.Adapter);

    /// <summary>The loss's gradient with respect to the effective weight, on the probe's rows.</summary>
    public ProbedMatrix Gradient => Of(ProbeTarget.Gradient);

    /// <summary>The outputs, samples by features, on the probe's rows.</summary>
    public ProbedMatrix Activation => Of(ProbeTarget.Activation);

    /// <summary>AdamW's mean of gradients: of each tensor of the linear that trains.</summary>
    public IReadOnlyList<ProbedMatrix> FirstMoments => All(ProbeTarget.FirstMoment);

    /// <summary>AdamW's mean of squared gradients: of each tensor of the linear that trains.</summary>
    public IReadOnlyList<ProbedMatrix> SecondMoments => All(ProbeTarget.SecondMoment);

    /// <summary>The linear in the model before its first step.</summary>
    public ProbedLinear Initial => new(Name, moment with { Source = moment.Reference.Value, Step = 0 }, rows);

    /// <summary>Anything else that is measured of a linear.</summary>
    /// <param name="target">What.</param>
    /// <exception cref="UserFaultException">There is none, or it is of attention heads.</exception>
    public ProbedMatrix Of(ProbeTarget target) =>
        All(target).FirstOrDefault()
        ?? throw new UserFaultException(
            $"{Name} has no {SnakeCase.Of(target)} here. Ask for it where Moment and Name say that there is one, or return double.NaN."
        );

    private List<ProbedMatrix> All(ProbeTarget target)
    {
        if (TargetKinds.IsOfHeads(target))
            throw new UserFaultException($"{target} is of attention heads, and {Name} is a linear.");
        IReadOnlyList<MeasuredTensor> found = moment.Source.Of(target, Name, rows);
        return [.. found.Select(tensor => new ProbedMatrix(tensor))];
    }
}
