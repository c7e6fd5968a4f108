using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ReLoRA.Cli.Commands;

/// <summary>Loss, rate and time left of a cell.</summary>
internal sealed class RunFiguresColumn : ProgressColumn
{
    // Drawn by the display's own thread while the run writes.
    private readonly ConcurrentDictionary<int, string> figures = [];

    protected override bool NoWrap => true;

    public void Set(ProgressTask task, string text) => figures[task.Id] = text;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(figures.GetValueOrDefault(task.Id, ""));
}
