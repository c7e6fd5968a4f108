using System.Collections.Frozen;

namespace ReLoRA.Data.Tokenizers;

/// <summary>
/// The printable character that stands for each byte in a byte-level tokenizer's vocabulary, as in GPT-2's
/// <c>bytes_to_unicode</c>: printable Latin-1 stands for itself, the others follow from U+0100 on.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly FrozenDictionary<char, byte> Bytes = Enumerable
        .Range(0, Characters.Length)
        .ToFrozenDictionary(value => Characters[value], value => (byte)value);

    /// <summary>The character of a byte.</summary>
    public static char CharacterOf(byte value) => Characters[value];

    /// <summary>The byte of a character, if it stands for one.</summary>
    public static bool TryByteOf(char character, out byte value) => Bytes.TryGetValue(character, out value);

    /// <summary>All characters, in the order of their code points (the order of ids in a trained vocabulary).</summary>
    public static IEnumerable<char> InOrder => Characters.Order();

    /// <summary>The characters of the bytes that occur in UTF-8: not C0, C1 and F5 to FF, which some vocabularies lack.</summary>
    public static IEnumerable<char> OfUtf8 => Characters[..0xF5].Where((_, value) => value is not (0xC0 or 0xC1));

    private static char[] Build()
    {
        var characters = new char[256];
        var next = 256;
        for (var value = 0; value < characters.Length; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ');
            characters[value] = printable ? (char)value : (char)next++;
        }
        return characters;
    }
}
