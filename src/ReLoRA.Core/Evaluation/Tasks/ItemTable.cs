namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>A row for each item.</summary>
/// <param name="Columns">Columns of equal lengths.</param>
public sealed record ItemTable(IReadOnlyList<ItemColumn> Columns)
{
    /// <summary>Rows.</summary>
    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Values.Length;
}
