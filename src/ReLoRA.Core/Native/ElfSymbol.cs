namespace ReLoRA.Core.Native;

/// <summary>A dynamic symbol of an ELF library.</summary>
/// <param name="Name">Its mangled name.</param>
/// <param name="NameOffset">File offset of the name.</param>
/// <param name="VersionOffset">File offset of its entry in the version table.</param>
internal readonly record struct ElfSymbol(string Name, int NameOffset, int VersionOffset);
