namespace ReLoRA.Core.Models;

/// <summary>Builds one of a block's linears from its name and shape.</summary>
internal delegate DecoderLinear LinearBuilder(string name, long outputs, long inputs);
