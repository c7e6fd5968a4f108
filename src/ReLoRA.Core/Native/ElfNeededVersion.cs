namespace ReLoRA.Core.Native;

/// <summary>A version of another library that an ELF library asks for.</summary>
/// <param name="Offset">File offset of the entry.</param>
/// <param name="Hash">ELF hash of the version's name.</param>
/// <param name="Index">The index by which the version table names it.</param>
/// <param name="NameOffset">Offset of its name in the string table.</param>
internal readonly record struct ElfNeededVersion(int Offset, uint Hash, ushort Index, uint NameOffset);
