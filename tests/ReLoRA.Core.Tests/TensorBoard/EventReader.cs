using System.Buffers.Binary;
using ReLoRA.Core.TensorBoard;
using Tensorboard;

namespace ReLoRA.Core.Tests.TensorBoard;

/// <summary>Reads event files as TensorBoard does: whole records, both checksums right.</summary>
internal static class EventReader
{
    public static List<Event> Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var events = new List<Event>();
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(MaskedCrc.Of(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            var message = bytes.Slice(12, length);
            Assert.Equal(MaskedCrc.Of(message), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(message.ToArray()));
            bytes = bytes[(16 + length)..];
        }
        return events;
    }

    /// <summary>The points of one curve.</summary>
    public static List<(long Step, float Value)> Curve(string path, string tag) =>
        [
            .. Read(path)
                .Where(one => one.Summary is not null)
                .SelectMany(one =>
                    one.Summary.Value.Where(value => value.Tag == tag).Select(value => (one.Step, value.SimpleValue))
                ),
        ];

    /// <summary>The curves.</summary>
    public static HashSet<string> Tags(string path) =>
        [
            .. Read(path)
                .Where(one => one.Summary is not null)
                .SelectMany(one => one.Summary.Value.Select(value => value.Tag)),
        ];
}
