using System.Text.Json;
using ReLoRA.Core;

namespace ReLoRA.Cli.Commands;

/// <summary>A JSON file of sequences of token ids.</summary>
internal static class IdsFile
{
    /// <exception cref="UserFaultException">The file is missing or holds something else.</exception>
    public static IReadOnlyList<int[]> Read(string path)
    {
        try
        {
            return
                JsonSerializer.Deserialize<int[][]>(File.ReadAllBytes(path)) is { } sequences
                && sequences.All(sequence => sequence is not null)
                ? sequences
                : throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new UserFaultException(
                $"{path} is not a JSON array of arrays of token ids, for example [[1, 403, 407], [1, 2]]: {fault.Message}",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{path} cannot be read: {fault.Message} Check --ids.", fault);
        }
    }
}
