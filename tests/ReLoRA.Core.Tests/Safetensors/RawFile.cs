using System.Buffers.Binary;
using System.Text;

namespace ReLoRA.Core.Tests.Safetensors;

/// <summary>Files written byte by byte, with whatever header a test wants.</summary>
internal static class RawFile
{
    public static byte[] Of(string header, int dataLength)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    public static string Tensor(string name, string type, string shape, string offsets) =>
        $$"""
            "{{name}}":{"dtype":"{{type}}","shape":[{{shape}}],"data_offsets":[{{offsets}}]}
            """;
}
