namespace ReLoRA.Core.Training;

/// <summary>A spike of the loss that began or ended.</summary>
/// <param name="Phase"><see cref="Began"/>, <see cref="Recovered"/> or <see cref="Diverged"/>.</param>
/// <param name="First">The step whose loss began it.</param>
/// <param name="Steps">Steps since.</param>
/// <param name="Mean">The mean loss before it, nats a token.</param>
/// <param name="Deviation">The standard deviation of the loss before it.</param>
/// <param name="Loss">The loss of this step.</param>
/// <param name="Peak">The largest loss of the spike so far.</param>
public sealed record LossEvent(
    string Phase,
    long First,
    long Steps,
    double Mean,
    double Deviation,
    double Loss,
    double Peak
)
{
    /// <summary>The loss left its level.</summary>
    public const string Began = "began";

    /// <summary>It came back.</summary>
    public const string Recovered = "recovered";

    /// <summary>It did not come back in time.</summary>
    public const string Diverged = "diverged";
}
