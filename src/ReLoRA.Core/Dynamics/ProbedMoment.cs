using ReLoRA.Core.Dynamics.Measured;

namespace ReLoRA.Core.Dynamics;

/// <summary>What probes share at one moment of a run, so that each thing is computed once.</summary>
/// <param name="Source">The model.</param>
/// <param name="Reference">What it is compared with: the model before its first step. Opened when first asked for.</param>
/// <param name="Step">Completed updates.</param>
/// <param name="Name">The moment as the log names it.</param>
internal sealed record ProbedMoment(IMatrixSource Source, Lazy<IMatrixSource> Reference, long Step, string Name)
    : IDisposable
{
    public void Dispose()
    {
        Source.Dispose();
        if (Reference.IsValueCreated)
            Reference.Value.Dispose();
    }
}
