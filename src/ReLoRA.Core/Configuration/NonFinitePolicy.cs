namespace ReLoRA.Core.Configuration;

/// <summary>What a loss or gradient that is no finite number does. The weights never take it up.</summary>
public enum NonFinitePolicy
{
    /// <summary>The run ends as diverged, its weights as they were before.</summary>
    Stop,

    /// <summary>The update is left out, counted and logged; the run ends as diverged after 50 of them in a row.</summary>
    Skip,
}
