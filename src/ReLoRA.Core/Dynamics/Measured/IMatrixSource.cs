using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>Where probes find what they measure: a model in training, a checkpoint, a published folder.</summary>
public interface IMatrixSource : IDisposable
{
    /// <summary>Names that a pattern of layers can match for a target.</summary>
    /// <param name="target">What is measured.</param>
    IReadOnlyList<string> Names(ProbeTarget target);

    /// <summary>What is measured of one name: one tensor or, for parts and heads, several.</summary>
    /// <param name="target">What is measured.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="rows">See <see cref="ProbeConfig.Rows"/>.</param>
    /// <exception cref="UserFaultException">The source has nothing of the kind; the message says why and what would.</exception>
    IReadOnlyList<MeasuredTensor> Of(ProbeTarget target, string name, int rows);
}
