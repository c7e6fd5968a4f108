using ReLoRA.Analysis.Report;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Watching;

namespace ReLoRA.Cli.Commands;

/// <summary>The pages of <c>relora watch</c>: those of the report.</summary>
internal sealed class LivePages(RunsFolder runs) : ILivePages
{
    public string Shell(string sweep) => LivePage.Shell(sweep);

    public string Index(IReadOnlyList<string> sweeps) => LivePage.Index(sweeps);

    public string Body(string sweep) => LivePage.Body(runs.Root, sweep);

    public string? Script(string name) => LivePage.Script(name);
}
