using System.Text;
using ReLoRA.Core.TensorBoard;

namespace ReLoRA.Core.Tests.TensorBoard;

public sealed class EventFolderTests
{
    [Theory]
    [InlineData("x", 150)]
    [InlineData("é", 75)]
    [InlineData("漢", 50)]
    [InlineData("🐑", 37)]
    public void A_long_label_is_cut_by_its_bytes_and_never_inside_a_character(string letter, int kept)
    {
        var label = string.Concat(Enumerable.Repeat(letter, 200));

        var name = Path.GetFileName(EventFolder.Of("board", label, "0123456789ab"));

        Assert.Equal(string.Concat(Enumerable.Repeat(letter, kept)) + ".0123456789ab", name);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
    }

    [Fact]
    public void What_cannot_stand_in_a_folders_name_is_replaced() =>
        Assert.Equal(Path.Combine("board", "a_b_c_d.id"), EventFolder.Of("board", "a/b\\c\nd", "id"));
}
