namespace ReLoRA.Cli.Commands;

/// <summary>A report that is on the disk.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Report">The file.</param>
internal sealed record WrittenReport(string Sweep, string Report);
