namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora bench train --json</c> prints: one line, with the keys that a PyTorch program of the same purpose prints.</summary>
internal sealed record BenchTrainFigures(
    string Program,
    string Torch,
    string Size,
    string Method,
    int Batch,
    int Seq,
    string Dtype,
    string Device,
    int Threads,
    double TokensPerS,
    double CpuSPerStep,
    double Loss,
    double PeakRssMb,
    int MicroBatch,
    bool Recompute,
    double EstimateMb
);
