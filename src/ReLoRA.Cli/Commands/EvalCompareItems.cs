using ReLoRA.Core;
using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary>A file of items.</summary>
/// <param name="Path">The file.</param>
/// <param name="Table">What it holds.</param>
internal sealed record EvalCompareItems(string Path, ItemTable Table)
{
    private const string AnyColumn = "a column of that name";

    /// <exception cref="UserFaultException">It is missing, damaged or empty.</exception>
    public static EvalCompareItems Read(string path)
    {
        var table = ItemTableFile.Read(path);
        return table.Rows > 0
            ? new EvalCompareItems(path, table)
            : throw new UserFaultException($"{path} has no items. Evaluate the model anew with --items.");
    }

    public bool Has(string column) => Table.Columns.Any(one => one.Name == column);

    /// <summary>See <see cref="ItemTable.Texts"/>.</summary>
    /// <exception cref="UserFaultException">There is none of that name.</exception>
    public IReadOnlyList<string> Texts(string column) => Table.Texts(column) ?? throw Fault(column, AnyColumn);

    /// <exception cref="UserFaultException">There is none of that name and kind.</exception>
    public IReadOnlyList<double> Numbers(string column) =>
        [
            .. Values(column)
                .Select(value =>
                    value switch
                    {
                        double number when double.IsFinite(number) => number,
                        long number => number,
                        _ => throw Fault(column, "finite numbers"),
                    }
                ),
        ];

    /// <exception cref="UserFaultException">There is none of that name and kind.</exception>
    public IReadOnlyList<bool> Flags(string column) =>
        [.. Values(column).Select(value => value as bool? ?? throw Fault(column, "true or false"))];

    private IEnumerable<object> Values(string column) =>
        (
            Table.Columns.FirstOrDefault(one => one.Name == column) ?? throw Fault(column, AnyColumn)
        ).Values.Cast<object>();

    private UserFaultException Fault(string column, string allowed) =>
        new(
            $"{Path}: column '{column}' is missing or of another kind; allowed: {allowed}, as 'relora eval' writes by --items. "
                + "Evaluate the model anew."
        );
}
