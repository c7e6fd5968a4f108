namespace ReLoRA.Core.Benchmarks;

/// <summary>What one run of <see cref="TrainBenchmark"/> found.</summary>
/// <param name="TokensPerSecond">Tokens trained on in a second of wall time.</param>
/// <param name="ProcessorSecondsPerStep">Processor time of the whole process, seconds a step.</param>
/// <param name="Loss">Of the last step, nats a token.</param>
/// <param name="PeakBytes">The process's largest resident set so far.</param>
/// <param name="OperationsPerToken">Floating-point operations that the model needs for a token: <see cref="Accounting.TrainingCost"/>.</param>
public sealed record TrainFigures(
    double TokensPerSecond,
    double ProcessorSecondsPerStep,
    double Loss,
    long PeakBytes,
    double OperationsPerToken
);
