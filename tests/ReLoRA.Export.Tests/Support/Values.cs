namespace ReLoRA.Export.Tests.Support;

/// <summary>Compares tables value by value, numbers to the bit. There is one NaN.</summary>
internal static class Values
{
    /// <summary>Asserts that two tables are the same.</summary>
    /// <param name="table">The table's name, for the message.</param>
    /// <param name="expected">Its rows.</param>
    /// <param name="found">The rows that were read.</param>
    public static void AssertSame(string table, IReadOnlyList<object?[]> expected, IReadOnlyList<object?[]> found)
    {
        Assert.True(expected.Count == found.Count, $"{table}: {expected.Count} rows expected, {found.Count} found");
        for (var row = 0; row < expected.Count; row++)
        {
            Assert.Equal(expected[row].Length, found[row].Length);
            for (var at = 0; at < expected[row].Length; at++)
            {
                var (wanted, got) = (expected[row][at], found[row][at]);
                if (!AreSame(wanted, got))
                    Assert.Fail($"{table}, row {row}, column {at}: '{wanted}' expected, '{got}' found");
            }
        }
    }

    private static bool AreSame(object? wanted, object? got) =>
        wanted is double number && got is double other
            ? BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(other)
                || (double.IsNaN(number) && double.IsNaN(other))
            : Equals(wanted, got);
}
