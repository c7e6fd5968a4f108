using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SlurmTimeTests
{
    [Theory]
    [InlineData("30", "00:30:00")]
    [InlineData("2:30", "00:02:30")]
    [InlineData("8:00:00", "08:00:00")]
    [InlineData("36:00:00", "1-12:00:00")]
    [InlineData("1-12", "1-12:00:00")]
    [InlineData("1-12:30", "1-12:30:00")]
    [InlineData("1-12:30:15", "1-12:30:15")]
    [InlineData("90m", "01:30:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("45s", "00:00:45")]
    [InlineData("2d", "2-00:00:00")]
    public void A_time_is_read_as_Slurm_and_as_people_write_it(string text, string slurm) =>
        Assert.Equal(slurm, SlurmTime.Text(SlurmTime.Parse(text)!.Value));

    [Fact]
    public void A_time_below_nothing_shows_its_sign() =>
        Assert.Equal("-00:00:05", SlurmTime.Text(TimeSpan.FromSeconds(-5)));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1:2:3:4")]
    [InlineData("8 h")]
    [InlineData("UNLIMITED")]
    public void What_is_no_time_is_none(string text) => Assert.Null(SlurmTime.Parse(text));
}
