using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace ReLoRA.Core.Native;

/// <summary>The dynamic symbols and needed versions of a 64-bit little-endian ELF library held in memory (System V gABI, GNU versioning).</summary>
internal sealed class ElfSymbols
{
    private const uint DynamicSymbols = 11;
    private const uint VersionTable = 0x6fffffff;
    private const uint NeededVersionTable = 0x6ffffffe;
    private const string StandardLibraryName = "libstdc++.so.6";

    private readonly byte[] bytes;
    private readonly Section symbols;
    private readonly Section strings;
    private readonly Section versions;

    private readonly record struct Section(uint Type, int Offset, int Size, int Link, int EntrySize);

    /// <exception cref="InvalidDataException">Not such a library.</exception>
    public ElfSymbols(byte[] bytes)
    {
        this.bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("TorchSharp's native library is not a 64-bit little-endian ELF file.");
        var sections = ReadSections();
        symbols = sections.First(section => section.Type == DynamicSymbols);
        strings = sections[symbols.Link];
        versions = sections.First(section => section.Type == VersionTable);
        NeededVersions = ReadNeededVersions(sections.First(section => section.Type == NeededVersionTable).Offset);
    }

    /// <summary>The versions of the C++ standard library asked for, by name.</summary>
    public IReadOnlyDictionary<string, ElfNeededVersion> NeededVersions { get; }

    public IEnumerable<ElfSymbol> SymbolsOfVersion(ushort index)
    {
        for (var i = 0; i < symbols.Size / symbols.EntrySize; i++)
        {
            var versionOffset = versions.Offset + 2 * i;
            if (U16(versionOffset) != index)
                continue;
            var nameOffset = strings.Offset + (int)U32(symbols.Offset + i * symbols.EntrySize);
            yield return new ElfSymbol(Text(nameOffset), nameOffset, versionOffset);
        }
    }

    /// <summary>Overwrites a symbol's name by one that is not longer.</summary>
    public void Rename(ElfSymbol symbol, string name) =>
        Encoding.ASCII.GetBytes(name.PadRight(symbol.Name.Length, '\0')).CopyTo(bytes, symbol.NameOffset);

    public void SetVersion(ElfSymbol symbol, ushort index) =>
        WriteUInt16LittleEndian(bytes.AsSpan(symbol.VersionOffset), index);

    /// <summary>Lets an entry of the needed versions ask for another version in its place.</summary>
    public void Replace(ElfNeededVersion entry, ElfNeededVersion by)
    {
        WriteUInt32LittleEndian(bytes.AsSpan(entry.Offset), by.Hash);
        WriteUInt32LittleEndian(bytes.AsSpan(entry.Offset + 8), by.NameOffset);
    }

    private Section[] ReadSections()
    {
        var start = I64(0x28);
        var size = U16(0x3A);
        return
        [
            .. Enumerable
                .Range(0, U16(0x3C))
                .Select(i => start + i * size)
                .Select(o => new Section(U32(o + 4), I64(o + 24), I64(o + 32), (int)U32(o + 40), I64(o + 56))),
        ];
    }

    private Dictionary<string, ElfNeededVersion> ReadNeededVersions(int offset)
    {
        var found = new Dictionary<string, ElfNeededVersion>();
        while (true)
        {
            var library = Text(strings.Offset + (int)U32(offset + 4));
            var entry = offset + (int)U32(offset + 8);
            for (var i = 0; i < U16(offset + 2); i++)
            {
                if (library == StandardLibraryName)
                    found[Text(strings.Offset + (int)U32(entry + 8))] = new ElfNeededVersion(
                        entry,
                        U32(entry),
                        U16(entry + 6),
                        U32(entry + 8)
                    );
                entry += (int)U32(entry + 12);
            }
            var next = (int)U32(offset + 12);
            if (next == 0)
                return found;
            offset += next;
        }
    }

    private ushort U16(int offset) => ReadUInt16LittleEndian(bytes.AsSpan(offset));

    private uint U32(int offset) => ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private int I64(int offset) => checked((int)ReadInt64LittleEndian(bytes.AsSpan(offset)));

    private string Text(int offset) =>
        Encoding.ASCII.GetString(bytes, offset, Array.IndexOf(bytes, (byte)0, offset) - offset);
}
