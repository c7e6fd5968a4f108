using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

public sealed class ForwardCompatibilityTests
{
    private static (string, object?)[] StepFields =>
        [
            ("kind", "step"),
            ("step", 3),
            ("tokens", 300),
            ("loss", 2.5),
            ("learning_rate", 0.001),
            ("gradient_norm", 1.0),
        ];

    [Fact]
    public void An_unknown_kind_is_kept_as_a_map()
    {
        var log = RunLogReader.Read(LogFiles.Map(("kind", "spectrum"), ("rank", 4), ("values", new[] { 1.5, 0.5 })));
        Assert.Empty(log.Damages);
        var entry = Assert.Single(log.Entries);
        Assert.Equal("spectrum", entry.Kind);
        Assert.Null(entry.Record);
        Assert.Equal(4L, entry.Map["rank"]);
        Assert.Equal([1.5, 0.5], Assert.IsAssignableFrom<IReadOnlyList<object?>>(entry.Map["values"]));
        Assert.Empty(log.Records<StepRecord>());
    }

    [Fact]
    public void An_unknown_key_is_ignored_and_stays_in_the_map()
    {
        var log = RunLogReader.Read(LogFiles.Map([.. StepFields, ("flops", 1e12), ("gone", null)]));
        Assert.Empty(log.Damages);
        Assert.Equal(3, Assert.Single(log.Records<StepRecord>()).Step);
        Assert.Equal(1e12, log.Entries[0].Map["flops"]);
        Assert.Null(log.Entries[0].Map["gone"]);
    }

    [Fact]
    public void Missing_measured_is_empty()
    {
        var log = RunLogReader.Read(LogFiles.Map(StepFields));
        Assert.Empty(Assert.Single(log.Records<StepRecord>()).Measured);
    }

    [Fact]
    public void A_whole_number_may_stand_where_a_number_is_wanted()
    {
        var fields = StepFields;
        fields[3] = ("loss", 2);
        Assert.Equal(2.0, Assert.Single(RunLogReader.Read(LogFiles.Map(fields)).Records<StepRecord>()).Loss);
    }

    [Theory]
    [InlineData("loss", null, "the record has no key 'loss'")]
    [InlineData("loss", "low", "the record's key 'loss' is not a number")]
    [InlineData("step", 1.5, "the record's key 'step' is not an integer of 64 bits")]
    [InlineData("kind", 5, "the record's key 'kind' is not a string")]
    [InlineData("measured", 5, "the record's key 'measured' is not a map")]
    public void A_key_that_its_kind_needs_must_be_there_and_right(string key, object? value, string message)
    {
        var fields = StepFields.Where(field => field.Item1 != key).Append((key, value));
        var bytes = LogFiles.Map([.. fields]);
        var log = RunLogReader.Read(bytes);
        Assert.Equal([new LogDamage(LogDamageKind.Malformed, 0, bytes.Length, message)], log.Damages);
        Assert.Empty(log.Entries);
    }

    [Fact]
    public void Another_version_of_the_format_is_refused_by_name()
    {
        var fault = Assert.Throws<LogFormatException>(() =>
            RunLogReader.Read(LogFiles.Map(("kind", "run"), ("format", 2)))
        );
        Assert.Equal(LogFault.UnsupportedFormat, fault.Fault);
        Assert.Equal(
            "the log's format is 2; this version reads format 1. Read it with the version that wrote it.",
            fault.Message
        );
    }

    [Fact]
    public void A_key_that_stands_twice_is_damage()
    {
        byte[] bytes = [0x82, 0xa1, (byte)'a', 1, 0xa1, (byte)'a', 2];
        Assert.Equal(LogDamageKind.Malformed, Assert.Single(RunLogReader.Read(bytes).Damages).Kind);
    }

    [Fact]
    public void Extension_types_and_keys_that_are_no_text_are_damage()
    {
        byte[] extension = [0x81, 0xa1, (byte)'a', 0xd4, 0xff, 0];
        byte[] number = [0x81, 0x01, 0x01];
        Assert.Equal(LogDamageKind.Malformed, Assert.Single(RunLogReader.Read(extension).Damages).Kind);
        Assert.Equal(LogDamageKind.Malformed, Assert.Single(RunLogReader.Read(number).Damages).Kind);
    }

    [Theory]
    [InlineData(0x81)]
    [InlineData(0x91)]
    public void Bottomless_nesting_is_damage_and_no_stack_overflow(int header)
    {
        byte[] step = header == 0x81 ? [0x81, 0xa1, (byte)'a'] : [0x91];
        byte[] bytes = [0x81, 0xa1, (byte)'a', .. Enumerable.Repeat(step, 100_000).SelectMany(part => part)];
        Assert.Equal(LogDamageKind.Malformed, Assert.Single(RunLogReader.Read(bytes).Damages).Kind);
    }
}
