using System.Globalization;

namespace ReLoRA.Core.Configuration;

/// <summary>Formats a double as ECMAScript does (ECMA-262, Number::toString), which RFC 8785 prescribes.</summary>
internal static class EcmaNumber
{
    private const int LargestPlainExponent = 21;
    private const int SmallestPlainExponent = -6;

    /// <exception cref="ArgumentException">The number is not finite.</exception>
    public static string Format(double number)
    {
        if (!double.IsFinite(number))
            throw new ArgumentException($"{number} has no JSON form.", nameof(number));
        if (number == 0)
            return "0";
        // .NET's "R" gives the same shortest round-trip digits; only the layout differs.
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var power = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        var exponent = whole - (all.Length - significant.Length) + power;
        var sign = number < 0 ? "-" : "";
        return sign + Layout(significant.TrimEnd('0'), exponent);
    }

    private static string Layout(string digits, int exponent)
    {
        var count = digits.Length;
        if (count <= exponent && exponent <= LargestPlainExponent)
            return digits + new string('0', exponent - count);
        if (exponent is > 0 and <= LargestPlainExponent)
            return $"{digits[..exponent]}.{digits[exponent..]}";
        if (exponent is > SmallestPlainExponent and <= 0)
            return "0." + new string('0', -exponent) + digits;
        var shown = exponent - 1;
        var power = FormattableString.Invariant($"e{(shown < 0 ? "-" : "+")}{Math.Abs(shown)}");
        return count == 1 ? digits + power : $"{digits[0]}.{digits[1..]}{power}";
    }
}
