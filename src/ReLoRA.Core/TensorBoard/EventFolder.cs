using System.Text;

namespace ReLoRA.Core.TensorBoard;

/// <summary>The folder of a cell's events: TensorBoard shows its name as that of the run.</summary>
public static class EventFolder
{
    // Linux counts bytes of a name, 255 at most.
    private const int LongestLabel = 150;

    /// <summary>The folder.</summary>
    /// <param name="root">Where TensorBoard looks.</param>
    /// <param name="label">The cell's label; what cannot stand in a folder's name is replaced, and what is past 150 bytes of UTF-8 is cut off.</param>
    /// <param name="id">The cell's id.</param>
    public static string Of(string root, string label, string id)
    {
        var name = new StringBuilder();
        var size = 0;
        foreach (var rune in label.EnumerateRunes())
        {
            size += rune.Utf8SequenceLength;
            if (size > LongestLabel)
                break;
            name.Append(rune.Value is '/' or '\\' || Rune.IsControl(rune) ? new Rune('_') : rune);
        }
        return Path.Combine(root, $"{name}.{id}");
    }
}
