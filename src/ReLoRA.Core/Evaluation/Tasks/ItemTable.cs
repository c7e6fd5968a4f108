using System.Globalization;

namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>A row for each item.</summary>
/// <param name="Columns">Columns of equal lengths.</param>
public sealed record ItemTable(IReadOnlyList<ItemColumn> Columns)
{
    /// <summary>Rows.</summary>
    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Values.Length;

    /// <summary>A column as texts; null where there is none of that name. CSV does not tell names that are numbers from numbers.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        Find(name) is { } values
            ? [.. values.Cast<object>().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!)]
            : null;

    /// <summary>A column of numbers, flags as 0 and 1; null where there is none of that name or it has texts.</summary>
    public IReadOnlyList<double>? Numbers(string name) =>
        Find(name) is { } values and not string[]
            ? [.. values.Cast<object>().Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture))]
            : null;

    private Array? Find(string name) => Columns.FirstOrDefault(column => column.Name == name)?.Values;
}
