namespace ReLoRA.Cli.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="IsSound">Whether the lab works with it.</param>
/// <param name="Remedy">What to do where it does not, or could do better.</param>
internal sealed record Finding(string Name, string Found, bool IsSound = true, string Remedy = "");
