using System.Globalization;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Running;

/// <summary>The GPUs that a run uses, one a worker: so many of those that there are, or those that are named.</summary>
public sealed record GpuChoice
{
    /// <summary>The environment variable by which CUDA is told what a process may see.</summary>
    public const string Variable = "CUDA_VISIBLE_DEVICES";

    private readonly int? count;
    private readonly IReadOnlyList<string> named;

    private GpuChoice(int? count, IReadOnlyList<string> named) => (this.count, this.named) = (count, named);

    /// <summary>Reads <c>2</c> (the first two), <c>all</c>, <c>0,2</c>, or names such as <c>GPU-8932f937</c>. One that is named by its number has a comma: <c>3,</c>.</summary>
    /// <param name="text">What the command line says.</param>
    /// <exception cref="UserFaultException">It is none of them.</exception>
    public static GpuChoice Parse(string text)
    {
        if (text == "all")
            return new GpuChoice(null, []);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return new GpuChoice(count, []);
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (text.Length > 0 && text != "0" && names.Length > 0 && names.Distinct().Count() == names.Length)
            return new GpuChoice(null, names);
        throw new UserFaultException(
            $"--gpus is '{text}'; allowed: a count (2), all, or GPUs by number or name, each once (0,2 or 3, or GPU-8932f937). Correct it."
        );
    }

    /// <summary>The GPUs by the names that CUDA knows them by.</summary>
    /// <param name="visible">What <see cref="Variable"/> says already, to which a count and numbers apply; null where nothing.</param>
    /// <param name="available">How many this machine shows.</param>
    /// <exception cref="UserFaultException">There are not as many.</exception>
    public IReadOnlyList<string> Resolve(string? visible, Func<int> available)
    {
        var found = available();
        string[] all = string.IsNullOrEmpty(visible)
            ? [.. Enumerable.Range(0, found).Select(i => i.ToString(CultureInfo.InvariantCulture))]
            : visible.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wanted = named.Count > 0 ? named.Count : count ?? 1;
        if (found < wanted)
            throw new UserFaultException(
                $"--gpus asks for {wanted} GPU{(wanted == 1 ? "" : "s")}; this machine shows {found} to libtorch"
                    + (visible is null ? "" : $" ({Variable} is '{visible}')")
                    + ". Ask for fewer, leave --gpus out to train on the processor, or build with -p:TorchBackend=cuda on a machine with an NVIDIA GPU: tools/gpu."
            );
        return named.Count > 0 ? [.. named.Select(name => Find(name, all))] : [.. all.Take(count ?? found)];
    }

    private static string Find(string name, string[] all)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return name;
        return number < all.Length
            ? all[number]
            : throw new UserFaultException(
                $"--gpus names GPU {number}; this machine shows {all.Length}, counted from 0. Correct it."
            );
    }
}
