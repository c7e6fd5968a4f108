using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>Options on what a run's workers see, and on how long they may be silent.</summary>
/// <param name="device">The option that <c>--gpus</c> stands in for.</param>
internal sealed class WorkerOptions(Option<string> device)
{
    // A few times what lies between two signs of life.
    private static readonly TimeSpan LeastHang = TimeSpan.FromSeconds(6);

    private readonly Option<string?> gpus = new("--gpus")
    {
        Description = "GPUs, one a worker: a count, all, or a list (0,2). --jobs is their number, --device cuda.",
        HelpName = "N|LIST",
    };
    private readonly Option<string> hangAfter = HangAfterOption();
    private readonly Option<int> ranks = new("--ranks")
    {
        Description =
            "Processes that train each cell together, each a part of every batch, through OpenMPI's mpirun. The cell stays the same: docs/data-parallel.md.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [gpus, ranks, hangAfter];

    /// <summary>How long a worker may be silent.</summary>
    public static Option<string> HangAfterOption() =>
        new("--hang-after")
        {
            Description =
                $"End a worker that shows no sign of life for so long, and start it again, at most {RunOptions.MostRestarts} times. off: never.",
            HelpName = "TIME",
            DefaultValueFactory = _ => "10m",
        };

    /// <summary>Writes them into a run's options.</summary>
    /// <exception cref="UserFaultException">They cannot be had.</exception>
    public RunOptions Apply(ParseResult parsed, RunOptions options)
    {
        var timed = options with { HangAfter = HangAfter(parsed.GetValue(hangAfter)!), Ranks = parsed.GetValue(ranks) };
        if (parsed.GetValue(gpus) is not { } text)
            return timed;
        if (parsed.GetResult(device) is { Implicit: false } && parsed.GetValue(device) == "cpu")
            throw new UserFaultException("--gpus trains on GPUs, and --device is cpu. Give one of the two.");
        var visible = Environment.GetEnvironmentVariable(GpuChoice.Variable);
        return timed with
        {
            Device = "cuda",
            Gpus = GpuChoice.Parse(text).Resolve(visible, TorchSharp.torch.cuda.device_count),
        };
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="UserFaultException">It is no time, or too short a one.</exception>
    public static TimeSpan? HangAfter(string text)
    {
        if (text == "off")
            return null;
        return DurationText.Parse(text) is { } time && time >= LeastHang
            ? time
            : throw new UserFaultException(
                $"--hang-after is '{text}'; allowed: off, or a time of at least {LeastHang.TotalSeconds:0} seconds such as 90s, 10m or 1h. Correct it."
            );
    }
}
