using static TorchSharp.torch;

namespace ReLoRA.Core.Pickle;

/// <summary>
/// Named tensors as <c>torch.save(dict)</c> of PyTorch writes them. All that is asked of the file is checked when it is opened; tensors
/// are read one at a time. Nothing of the file is executed, whatever it says.
/// </summary>
public sealed class TorchFile : IDisposable
{
    private readonly TorchArchive archive;
    private readonly Refusal refusal;
    private readonly PickledDictionary tensors;

    private TorchFile(TorchArchive archive, Refusal refusal)
    {
        (this.archive, this.refusal) = (archive, refusal);
        tensors = PickleMachine.Run(archive.Pickle(), refusal);
        foreach (var storage in tensors.Names.Select(name => tensors[name].Storage).Distinct())
            RequireLength(storage);
    }

    /// <summary>The names, in the file's order.</summary>
    public IReadOnlyList<string> Names => tensors.Names;

    /// <summary>Opens a file for reading and checks it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PickleException">It is missing, damaged, or holds something else.</exception>
    public static TorchFile Open(string path)
    {
        var refusal = new Refusal(path);
        var archive = TorchArchive.Open(path, refusal);
        try
        {
            return new TorchFile(archive, refusal);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has a tensor of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => tensors.Has(name);

    /// <summary>A tensor's sizes.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <summary>A tensor's type.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public ScalarType Type(string name) => Find(name).Storage.Type.Type;

    /// <summary>
    /// Reads a tensor, with the strides that it had: one that was transposed or expanded is so again. It shares no memory with others
    /// of the file and needs no gradient. The caller's scope owns it.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="PickleException">Its part of the file is damaged.</exception>
    public Tensor Load(string name)
    {
        var stored = Find(name);
        var type = stored.Storage.Type;
        using var stream = archive.OpenStorage(stored.Storage.Key, stored.Offset * type.Size);
        using var scope = NewDisposeScope();
        // Not every byte is a truth value to libtorch.
        var isTruth = type.Type == ScalarType.Bool;
        var flat = empty(stored.Span, dtype: isTruth ? ScalarType.Byte : type.Type);
        Fill(flat, stream);
        return (isTruth ? flat.to(ScalarType.Bool) : flat)
            .as_strided(stored.Shape, stored.Strides)
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private void Fill(Tensor flat, Stream stream)
    {
        // In pieces: spans end at 2 GiB.
        const int elementsAtOnce = 1 << 22;
        for (long from = 0; from < flat.numel(); from += elementsAtOnce)
        {
            using var piece = flat.narrow(0, from, Math.Min(elementsAtOnce, flat.numel() - from));
            ArchiveFile.ReadExactly(stream, piece.bytes, refusal);
        }
    }

    private PickledTensor Find(string name) =>
        tensors.Has(name) ? tensors[name] : throw new ArgumentException($"The file has no {name}.", nameof(name));

    private void RequireLength(PickledStorage storage)
    {
        var found = archive.LengthOf(storage.Key);
        if (found != (Int128)storage.Count * storage.Type.Size)
            throw refusal.Of(
                PickleFault.Storage,
                $"its storage {Refusal.Shown(storage.Key)} has {found} bytes; its pickle says {storage.Count} elements of {storage.Type.Size}"
            );
    }
}
