using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>Of several gradients of the same weights, laid end to end, keeps one slice each. The caller's scope owns what is kept.</summary>
internal sealed class GradientSlices
{
    private readonly List<Parameter> parameters;
    private readonly List<(int Parameter, long Start, Tensor Values)> kept = [];
    private readonly long length;

    public GradientSlices(IEnumerable<Parameter> parameters, int slices)
    {
        this.parameters = [.. parameters];
        var total = this.parameters.Sum(parameter => parameter.Value.numel());
        length = (total + slices - 1) / slices;
    }

    /// <summary>Sets the slice of the gradients aside and clears them all.</summary>
    public void Keep(int slice)
    {
        using var frozen = no_grad();
        var (from, to) = (slice * length, (slice + 1) * length);
        var offset = 0L;
        for (var i = 0; i < parameters.Count; i++)
        {
            using var gradient = parameters[i].Value.grad!;
            using var flat = gradient.view(-1);
            var start = Math.Clamp(from - offset, 0, flat.numel());
            var end = Math.Clamp(to - offset, 0, flat.numel());
            if (end > start)
            {
                using var part = flat.narrow(0, start, end - start);
                kept.Add((i, start, part.clone()));
            }
            gradient.zero_();
            offset += flat.numel();
        }
    }

    /// <summary>Makes the gradients those that were kept.</summary>
    public void PutBack()
    {
        using var frozen = no_grad();
        foreach (var (i, start, values) in kept)
        {
            using var gradient = parameters[i].Value.grad!;
            using var flat = gradient.view(-1);
            using var part = flat.narrow(0, start, values.numel());
            part.copy_(values);
        }
    }
}
