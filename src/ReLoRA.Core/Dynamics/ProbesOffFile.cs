using System.Text.Json;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// What one worker leaves to the next: the probes that were given up, by name, and the note that told of each, which a run that had no
/// checkpoint yet begins its new log with.
/// </summary>
internal static class ProbesOffFile
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, string> off) =>
        AtomicFile.Write(path, JsonSerializer.Serialize(off) + "\n");

    /// <summary>Reads it; nothing where there is none.</summary>
    /// <exception cref="UserFaultException">It is damaged.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
            return new Dictionary<string, string>();
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))
                ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new UserFaultException(
                $"{path} cannot be read: {e.Message} Delete it; all probes are tried again.",
                e
            );
        }
    }
}
