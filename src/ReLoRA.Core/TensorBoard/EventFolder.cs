namespace ReLoRA.Core.TensorBoard;

/// <summary>The folder of a cell's events: TensorBoard shows its name as that of the run.</summary>
public static class EventFolder
{
    private const int LongestLabel = 150;

    /// <summary>The folder.</summary>
    /// <param name="root">Where TensorBoard looks.</param>
    /// <param name="label">The cell's label; what cannot stand in a folder's name is replaced.</param>
    /// <param name="id">The cell's id.</param>
    public static string Of(string root, string label, string id)
    {
        var name = string.Concat(
            label.Select(letter => letter is '/' or '\\' || char.IsControl(letter) ? '_' : letter)
        );
        return Path.Combine(root, $"{name[..Math.Min(name.Length, LongestLabel)]}.{id}");
    }
}
