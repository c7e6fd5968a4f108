using System.Text;

namespace ReLoRA.Data.Tests.Support;

/// <summary>Texts drawn from what tokenizers stumble over: all scripts, astral letters, marks that compose, runs of spaces, markup.</summary>
internal static class DrawnTexts
{
    private static readonly string[] Pieces =
    [
        " ",
        "  ",
        "       ",
        "\n",
        "\r\n",
        "\t",
        "'s",
        "'ll",
        "'",
        "<|endoftext|>",
        "<|padding|>",
        "|||IP_ADDRESS|||",
        "e\u0301",
        "\u00e9",
        "A\u030a",
        "\u1100\u1161\u11a8",
        "\u00a0",
        "\u3000",
        "\u200b",
        "\u2028",
        "\ud835\udcb3", // A mathematical letter.
        "\ud835\udfd8", // A mathematical digit.
        "\ud800\udf30", // Gothic.
        "\ud842\udfb7", // CJK extension B.
        "\ud83d\ude00",
        "\ud83d\udc68\u200d\ud83d\udc69",
        "\u0661\u0662",
        "\u00bd",
        "\u2167",
        "hello",
        "World",
        "123",
        "don't",
    ];

    /// <summary>The same texts every time.</summary>
    public static IEnumerable<string> Of(int count)
    {
        var random = new Random(20_261_124);
        for (var number = 0; number < count; number++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 24); length > 0; length--)
                text.Append(random.Next(3) == 0 ? Scalar(random).ToString() : Pieces[random.Next(Pieces.Length)]);
            yield return text.ToString();
        }
    }

    // Below U+0530 normalization has long been settled; newer marks are known to differ between Unicode versions.
    private static Rune Scalar(Random random) => new(random.Next(0x20, 0x530));
}
