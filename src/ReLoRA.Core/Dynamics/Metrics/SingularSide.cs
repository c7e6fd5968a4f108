namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>Which singular vectors of a matrix.</summary>
public enum SingularSide
{
    /// <summary>The left ones: directions of a linear's outputs.</summary>
    Left,

    /// <summary>The right ones: directions of a linear's inputs.</summary>
    Right,
}
