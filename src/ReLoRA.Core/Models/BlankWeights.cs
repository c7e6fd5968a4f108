using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Zeros in every place, for a model whose weights are about to be copied in: drawing them would be work for nothing.</summary>
internal sealed class BlankWeights(ScalarType dtype) : IWeightSource
{
    public Tensor Embedding(string name, long rows, long width) => zeros(rows, width, dtype: dtype);

    public Tensor Linear(string name, long outputs, long inputs) => zeros(outputs, inputs, dtype: dtype);

    public Tensor Bias(string name, long outputs, long inputs) => zeros(outputs, dtype: dtype);

    public Tensor Norm(string name, long width) => zeros(width, dtype: dtype);
}
