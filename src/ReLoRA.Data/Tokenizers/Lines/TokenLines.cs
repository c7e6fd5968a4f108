using System.Text.Json;
using ReLoRA.Data.Building;

namespace ReLoRA.Data.Tokenizers.Lines;

/// <summary>
/// JSON lines of texts to JSON lines of ids and back, line by line in constant memory, by all cores. Line n of the output is that of
/// line n of the input.
/// </summary>
public static class TokenLines
{
    /// <summary>Encodes lines of JSON strings.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="input">The lines.</param>
    /// <param name="place">Where they come from, for messages.</param>
    /// <param name="output">Gets a JSON array of ids for each line.</param>
    /// <exception cref="DataException">A line is no JSON string, or the output cannot be written.</exception>
    public static void Encode(ITextTokenizer tokenizer, Stream input, string place, Stream output) =>
        Run(input, place, output, "a JSON string", line => EncodeLine(tokenizer, line));

    /// <summary>Decodes lines of JSON arrays of ids. Special tokens are kept.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="input">The lines.</param>
    /// <param name="place">Where they come from, for messages.</param>
    /// <param name="output">Gets a JSON string for each line.</param>
    /// <exception cref="DataException">
    /// A line is no JSON array of ids of this tokenizer, or the output cannot be written.
    /// </exception>
    public static void Decode(ITextTokenizer tokenizer, Stream input, string place, Stream output) =>
        Run(input, place, output, "a JSON array of token ids", line => DecodeLine(tokenizer, line));

    private static byte[] EncodeLine(ITextTokenizer tokenizer, JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.String)
            throw new JsonException($"found {JsonText.KindOf(line)}");
        return JsonSerializer.SerializeToUtf8Bytes(tokenizer.Encode(JsonText.Of(line)));
    }

    private static byte[] DecodeLine(ITextTokenizer tokenizer, JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Array)
            throw new JsonException($"found {JsonText.KindOf(line)}");
        var ids = new List<int>(line.GetArrayLength());
        foreach (var item in line.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var id))
                throw new JsonException($"found {item.GetRawText()} as an id");
            ids.Add(id);
        }
        return JsonSerializer.SerializeToUtf8Bytes(tokenizer.Decode(ids, skipSpecial: false), JsonText.Readable);
    }

    private static void Run(
        Stream input,
        string place,
        Stream output,
        string expected,
        Func<JsonElement, byte[]> convert
    )
    {
        var blocks = LineBlock.Read(input, place);
        foreach (var converted in OrderedWork.Run(blocks, Convert, Environment.ProcessorCount, CancellationToken.None))
        {
            DataFiles.Guard(
                "output",
                "output",
                () =>
                {
                    output.Write(converted);
                }
            );
        }

        byte[] Convert(LineBlock block)
        {
            using var bytes = new MemoryStream();
            for (var index = 0; index < block.Lines.Count; index++)
            {
                bytes.Write(OneLine(block.Lines[index], block.FirstNumber + index));
                bytes.WriteByte((byte)'\n');
            }
            return bytes.ToArray();
        }

        byte[] OneLine(byte[] line, long number)
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                return convert(json.RootElement);
            }
            catch (JsonException fault)
            {
                throw new DataException(
                    DataFault.Damaged,
                    $"{place}({number}): {fault.Message}; every line must be {expected}.",
                    fault
                );
            }
            catch (DataException fault)
            {
                throw new DataException(fault.Fault, $"{place}({number}): {fault.Message}", fault);
            }
        }
    }
}
