using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReLoRA.Results.Runs;

/// <summary>How the JSON files of run folders are written: snake_case, indented, NaN as text.</summary>
internal static class RunJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
    };

    public static void Write<T>(string path, T value) =>
        AtomicFile.Write(path, JsonSerializer.Serialize(value, Options) + "\n");

    /// <summary>The file's content; null where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What is to be done where it is damaged, a sentence. Default: empty.</param>
    /// <exception cref="RunFileException">The file is no such JSON.</exception>
    public static T? Read<T>(string path, string remedy = "")
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options)
                ?? throw new RunFileException(path, $"the file holds null. {remedy}".TrimEnd());
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException fault)
        {
            throw new RunFileException(
                path,
                $"not the JSON of a {typeof(T).Name}: {fault.Message} {remedy}".TrimEnd(),
                fault
            );
        }
    }
}
