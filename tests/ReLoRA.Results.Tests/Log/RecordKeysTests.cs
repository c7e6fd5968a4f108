using System.Text.Json;
using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

public sealed class RecordKeysTests
{
    public static TheoryData<LogRecord> Kinds => [.. SampleRecords.EveryKind()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_keys_are_the_properties_in_snake_case(LogRecord record)
    {
        var map = RunLogReader.Read(LogFiles.Encode(record)).Entries[0].Map;
        var names = record
            .GetType()
            .GetProperties()
            .Where(property => property.GetValue(record) is not null)
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        if (record.Measured.Count == 0)
            names = names.Where(name => name != "measured");
        Assert.Equal(names.Order(), map.Keys.Order());
        Assert.Equal("kind", map.Keys.First());
    }

    [Fact]
    public void Every_record_type_has_a_sample_here()
    {
        var types = typeof(LogRecord).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LogRecord)));
        var samples = SampleRecords.EveryKind().Select(record => record.GetType()).Append(typeof(CrcRecord));
        Assert.Equal(types.Select(type => type.Name).Order(), samples.Distinct().Select(type => type.Name).Order());
    }
}
