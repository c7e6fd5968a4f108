using System.Text;

namespace ReLoRA.Data.Tokenizers;

/// <summary>Unicode normalization form C for any text, including what <see cref="string.Normalize()"/> refuses.</summary>
internal static class CanonicalComposition
{
    // .NET refuses text that holds this noncharacter; nothing composes across it.
    private const char Refused = '\uFFFE';

    /// <summary>Checks that the runtime normalizes at all: without ICU .NET returns its input unchanged and says nothing.</summary>
    /// <exception cref="DataException">It does not (<see cref="DataFault.Environment"/>).</exception>
    public static void RequireIcu()
    {
        if ("e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9")
            return;
        throw new DataException(
            DataFault.Environment,
            "This .NET runtime does not normalize Unicode text (no ICU library, or InvariantGlobalization is on), and this "
                + "tokenizer needs normalization form C: its token ids would be wrong. Install ICU (Debian: libicu72 or "
                + "newer) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT."
        );
    }

    /// <summary>The text in form C. It must hold no lone surrogates.</summary>
    public static string Compose(string text)
    {
        if (!text.Contains(Refused, StringComparison.Ordinal))
            return text.Normalize(NormalizationForm.FormC);
        return string.Join(Refused, text.Split(Refused).Select(part => part.Normalize(NormalizationForm.FormC)));
    }
}
