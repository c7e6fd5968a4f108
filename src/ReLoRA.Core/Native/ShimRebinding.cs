namespace ReLoRA.Core.Native;

/// <summary>
/// Rebinds, in a copy of TorchSharp's shim, the symbols newer than the libstdc++ of Debian 12, Ubuntu 22.04 and RHEL 9 to older
/// symbols that do the same.
/// </summary>
internal static class ShimRebinding
{
    private static readonly Replacement[] Replacements =
    [
        new("_ZSt21ios_base_library_initv", "GLIBCXX_3.4.32", "_ZNSt8ios_base4InitC1Ev", "GLIBCXX_3.4"),
        new(
            "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE",
            "GLIBCXX_3.4.30",
            "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE",
            "GLIBCXX_3.4.11"
        ),
    ];

    private sealed record Replacement(string Symbol, string Version, string NewSymbol, string NewVersion);

    /// <summary>Changes the library's bytes in place.</summary>
    /// <returns>How many symbols were rebound.</returns>
    /// <exception cref="InvalidDataException">A symbol of a version to be removed has no known replacement.</exception>
    public static int Apply(byte[] library)
    {
        var elf = new ElfSymbols(library);
        var rebound = 0;
        foreach (var version in Replacements.Select(replacement => replacement.Version).Distinct())
        {
            if (!elf.NeededVersions.TryGetValue(version, out var needed))
                continue;
            rebound += Rebind(elf, version, needed);
        }
        return rebound;
    }

    private static int Rebind(ElfSymbols elf, string version, ElfNeededVersion needed)
    {
        var older = elf.NeededVersions["GLIBCXX_3.4"];
        var count = 0;
        foreach (var symbol in elf.SymbolsOfVersion(needed.Index).ToList())
        {
            var replacement =
                Replacements.FirstOrDefault(candidate =>
                    candidate.Symbol == symbol.Name && candidate.Version == version
                )
                ?? throw new InvalidDataException(
                    $"{symbol.Name}@{version} in TorchSharp's native library has no known older equivalent. "
                        + "This machine's libstdc++ is too old for this TorchSharp: install a newer libstdc++6."
                );
            older = elf.NeededVersions[replacement.NewVersion];
            elf.Rename(symbol, replacement.NewSymbol);
            elf.SetVersion(symbol, older.Index);
            count++;
        }
        elf.Replace(needed, older);
        return count;
    }
}
