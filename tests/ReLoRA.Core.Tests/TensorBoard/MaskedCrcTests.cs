using System.Text;
using ReLoRA.Core.TensorBoard;

namespace ReLoRA.Core.Tests.TensorBoard;

public sealed class MaskedCrcTests
{
    [Theory]
    // RFC 3720, B.4, and the customary check value.
    [InlineData("123456789", 0xE3069283)]
    public void It_is_the_CRC_32C_of_the_standards_masked(string text, uint crc) =>
        Assert.Equal(Masked(crc), MaskedCrc.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_values_of_RFC_3720_come_out()
    {
        Assert.Equal(Masked(0x8A9136AA), MaskedCrc.Of(new byte[32]));
        Assert.Equal(Masked(0x62A8AB43), MaskedCrc.Of(Enumerable.Repeat((byte)0xff, 32).ToArray()));
        Assert.Equal(Masked(0x46DD794E), MaskedCrc.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
    }

    private static uint Masked(uint crc) => unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8);
}
