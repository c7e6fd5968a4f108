using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Pickle;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Published;

/// <summary>One published file of weights, activations or gradients, by linear and part.</summary>
public sealed class LearningDynamicsFile : IDisposable
{
    private readonly TorchFile file;
    private readonly string path;
    private readonly Dictionary<string, Dictionary<LinearPart, string>> names = new(StringComparer.Ordinal);

    private LearningDynamicsFile(TorchFile file, string path, DynamicsKind kind)
    {
        (this.file, this.path, Kind) = (file, path, kind);
        var faults = new List<string>();
        var linears = new List<string>();
        foreach (var name in file.Names)
        {
            var (linear, part) = PublishedName.Of(name);
            if (!names.TryGetValue(linear, out var parts))
            {
                linears.Add(linear);
                names[linear] = parts = [];
            }
            if (!parts.TryAdd(part, name))
                faults.Add(
                    $"{Refusal.Shown(linear)} {part} is there twice, as {Refusal.Shown(parts[part])} and as {Refusal.Shown(name)}."
                );
        }
        faults.AddRange(
            linears.Select(linear => LinearShapes.Fault(kind, Refusal.Shown(linear), Shapes(linear))).OfType<string>()
        );
        if (faults.Count > 0)
            throw FolderFaults.Of(path, faults);
        Linears = linears;
    }

    /// <summary>What it holds of each linear.</summary>
    public DynamicsKind Kind { get; }

    /// <summary>The linears as this lab names them, for example <c>layers.3.attention.v_proj</c>, in the file's order.</summary>
    public IReadOnlyList<string> Linears { get; }

    /// <summary>Opens a file for reading and checks it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it holds.</param>
    /// <exception cref="PickleException">It is missing, damaged, or no dictionary of tensors.</exception>
    /// <exception cref="UserFaultException">Parts of a linear do not belong together; the message lists all of them.</exception>
    public static LearningDynamicsFile Open(string path, DynamicsKind kind)
    {
        var file = TorchFile.Open(path);
        try
        {
            return new LearningDynamicsFile(file, path, kind);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has a part of a linear.</summary>
    /// <param name="linear">The linear, as this lab names it.</param>
    /// <param name="part">The part.</param>
    public bool Has(string linear, LinearPart part) =>
        names.TryGetValue(linear, out var parts) && parts.ContainsKey(part);

    /// <summary>Whether the file has both factors of a linear's adapter. One without the other is refused.</summary>
    /// <param name="linear">The linear, as this lab names it.</param>
    public bool HasAdapter(string linear) => Has(linear, LinearPart.A);

    /// <summary>A part's sizes.</summary>
    /// <param name="linear">One of <see cref="Linears"/>.</param>
    /// <param name="part">The part.</param>
    /// <exception cref="UserFaultException">The file has no such part.</exception>
    public IReadOnlyList<long> Shape(string linear, LinearPart part = LinearPart.Linear) =>
        file.Shape(NameOf(linear, part));

    /// <summary>A part's type.</summary>
    /// <param name="linear">One of <see cref="Linears"/>.</param>
    /// <param name="part">The part.</param>
    /// <exception cref="UserFaultException">The file has no such part.</exception>
    public ScalarType Type(string linear, LinearPart part = LinearPart.Linear) => file.Type(NameOf(linear, part));

    /// <summary>Reads a part, in its stored type. The caller's scope owns it.</summary>
    /// <param name="linear">One of <see cref="Linears"/>.</param>
    /// <param name="part">The part.</param>
    /// <exception cref="UserFaultException">The file has no such part.</exception>
    /// <exception cref="PickleException">Its part of the file is damaged.</exception>
    public Tensor Load(string linear, LinearPart part = LinearPart.Linear) => file.Load(NameOf(linear, part));

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private Dictionary<LinearPart, long[]> Shapes(string linear) =>
        names[linear].ToDictionary(part => part.Key, part => file.Shape(part.Value).ToArray());

    private string NameOf(string linear, LinearPart part)
    {
        if (!names.TryGetValue(linear, out var parts))
            throw new UserFaultException($"{path} has no linear {linear}; it has {Some(Linears)}.");
        return parts.TryGetValue(part, out var name)
            ? name
            : throw new UserFaultException(
                $"{path} has no part {part} of {linear}; it has {string.Join(", ", parts.Keys.Order())}."
            );
    }

    private static string Some(IReadOnlyList<string> linears) =>
        string.Join(", ", linears.Take(10).Select(Refusal.Shown))
        + (linears.Count > 10 ? $" and {linears.Count - 10} more" : "");
}
