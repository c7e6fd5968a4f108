using System.Text;
using ReLoRA.Data;

namespace ReLoRA.Cli.Commands;

/// <summary>Text from a file or from standard input.</summary>
internal static class TokenizerInput
{
    /// <exception cref="DataException">The file cannot be read.</exception>
    public static string Read(string? path)
    {
        if (path is null)
        {
            using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
            return input.ReadToEnd();
        }
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(DataFault.Missing, $"{path}: no such file. Check --input.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataException(DataFault.Unreadable, $"{path}: {fault.Message} Check --input.", fault);
        }
    }
}
