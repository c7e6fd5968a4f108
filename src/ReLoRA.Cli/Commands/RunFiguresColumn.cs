using Spectre.Console;
using Spectre.Console.Rendering;

namespace ReLoRA.Cli.Commands;

/// <summary>Loss, rate and time left of a cell.</summary>
internal sealed class RunFiguresColumn : ProgressColumn
{
    public const string Key = "figures";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.State.Get<string>(Key) ?? "");
}
