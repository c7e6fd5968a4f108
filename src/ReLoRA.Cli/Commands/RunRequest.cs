using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora run</c> was asked for.</summary>
internal sealed record RunRequest(string Script, IReadOnlyList<string> Arguments, RunsFolder Runs, RunOptions Options)
{
    /// <summary>Whether a few cells are made small, to see whether they run.</summary>
    public bool Quick { get; init; }

    /// <summary>How the script is hosted.</summary>
    public ScriptHostOptions Host { get; init; } = new();
}
