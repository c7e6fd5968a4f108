using System.Globalization;

namespace ReLoRA.Cli.Commands;

/// <summary>Counts as people read them: three digits and the unit's prefix.</summary>
internal static class CountText
{
    private static readonly string[] Prefixes = ["", " k", " M", " G", " T", " P", " E", " Z"];

    /// <summary>For example <c>11.3 M</c>.</summary>
    /// <param name="count">The count.</param>
    public static string Of(double count)
    {
        var prefix = 0;
        for (; count >= 999.5 && prefix < Prefixes.Length - 1; prefix++)
            count /= 1000;
        var digits =
            prefix == 0 || count >= 99.95 ? "F0"
            : count >= 9.995 ? "F1"
            : "F2";
        return count.ToString(digits, CultureInfo.InvariantCulture) + Prefixes[prefix];
    }
}
