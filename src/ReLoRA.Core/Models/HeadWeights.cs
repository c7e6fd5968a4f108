using static TorchSharp.torch;

// D: head width, W: model width.
namespace ReLoRA.Core.Models;

/// <summary>The effective weights of one attention head, in 64 bits, without biases and without the turns of positions. The caller's scope owns them.</summary>
/// <param name="Query_DW">(head width, width).</param>
/// <param name="Key_DW">Of the key/value head that the head reads.</param>
/// <param name="Value_DW">Of the key/value head that the head reads.</param>
/// <param name="Output_WD">The head's columns of the output's weight, (width, head width).</param>
public sealed record HeadWeights(Tensor Query_DW, Tensor Key_DW, Tensor Value_DW, Tensor Output_WD);
