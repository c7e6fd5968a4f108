using System.Globalization;
using System.Text;
using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>What a reader makes of a log, as text that readers in every language can write: damages, then records.</summary>
/// <remarks>Numbers are the 64 bits of a double, since R has no other; a NUL inside a text, which R cannot hold, is U+FFFD.</remarks>
internal static class LogAnswer
{
    public static string Of(byte[] bytes)
    {
        try
        {
            var log = RunLogReader.Read(bytes);
            var damages = log.Damages.Select(damage =>
                string.Create(CultureInfo.InvariantCulture, $"damage {damage.From} {damage.To} {damage.Kind}\n")
            );
            var records = log
                .Entries.Where(entry => entry.Kind != "crc")
                .Select(entry => $"record {Text(entry.Map)}\n");
            return string.Concat(damages.Concat(records));
        }
        catch (LogFormatException fault) when (fault.Fault == LogFault.UnsupportedFormat)
        {
            return "another format\n";
        }
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "z",
            bool flag => flag ? "true" : "false",
            string text => "t" + Hex(Encoding.UTF8.GetBytes(text.Replace('\0', '\ufffd'))),
            byte[] binary => "x" + Hex(binary),
            IReadOnlyDictionary<string, object?> map =>
                $"{{{string.Join(',', map.Select(pair => $"{Text(pair.Key)}:{Text(pair.Value)}"))}}}",
            IReadOnlyList<object?> items => $"[{string.Join(',', items.Select(Text))}]",
            double.NaN => "nan",
            _ => Convert
                .ToDouble(value, CultureInfo.InvariantCulture)
                .ToBits()
                .ToString("x16", CultureInfo.InvariantCulture),
        };

    private static long ToBits(this double value) => BitConverter.DoubleToInt64Bits(value);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
