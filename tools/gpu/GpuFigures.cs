using System.Text.Json;

namespace ReLoRA.GpuBench;

/// <summary>One line of JSON. <c>model_tflops</c> over the device's peak is the utilisation of its arithmetic.</summary>
internal sealed record GpuFigures(
    string Program,
    string Size,
    string Method,
    int Batch,
    int Seq,
    string Dtype,
    string Device,
    int MicroBatch,
    double TokensPerS,
    double CpuSPerStep,
    double Loss,
    double ModelTflops
)
{
    public static JsonSerializerOptions Options { get; } =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
