using System.Globalization;

namespace ReLoRA.Core.Training;

/// <summary>Amounts of memory as people read them.</summary>
public static class MemoryText
{
    /// <summary>In GiB, for example <c>5.3 GiB</c>; small ones in MiB.</summary>
    /// <param name="bytes">Bytes.</param>
    public static string Of(long bytes) =>
        bytes >= 1L << 30
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):N1} GiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):F0} MiB");
}
