using System.Text.Encodings.Web;
using System.Text.Json;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>A JSON object a line, every key in each. NaN and infinities, which JSON does not know, are texts: see <see cref="LogJson"/>.</summary>
internal sealed class NdjsonTableWriter : ITableWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BufferedStream file;
    private readonly Utf8JsonWriter json;

    public NdjsonTableWriter(string path)
    {
        file = new BufferedStream(new FileStream(path, FileMode.Create, FileAccess.Write), 1 << 16);
        json = new Utf8JsonWriter(file, Options);
    }

    public void Write(TableBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            json.WriteStartObject();
            for (var at = 0; at < batch.Columns.Count; at++)
            {
                json.WritePropertyName(batch.Columns[at].Name);
                LogJson.Write(json, batch.Of(at)[row]);
            }
            json.WriteEndObject();
            json.Flush();
            file.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    public void Complete() => file.Flush();

    public void Dispose()
    {
        // Not the writer's own stream: what it holds of an unfinished line is of no use.
        file.Dispose();
    }
}
