namespace ReLoRA.Core.Dynamics.Published;

/// <summary>What a published file holds of each linear.</summary>
public enum DynamicsKind
{
    /// <summary>Weights, (outputs, inputs).</summary>
    Weights,

    /// <summary>Outputs at one position of each sequence, (sequences, outputs).</summary>
    Activations,

    /// <summary>Gradients of the weights, (outputs, inputs). ReLoRA's runs published none.</summary>
    Gradients,
}
