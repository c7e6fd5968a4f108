using ReLoRA.Data;

namespace ReLoRA.Cli.Commands;

/// <summary>Text from a file or from standard input.</summary>
internal sealed class TokenizerInput : IDisposable
{
    private const string StandardInput = "standard input";

    /// <param name="path">The file, or <see langword="null"/> for standard input.</param>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public TokenizerInput(string? path)
    {
        Place = path ?? StandardInput;
        try
        {
            Bytes = path is null ? Console.OpenStandardInput() : File.OpenRead(path);
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

    /// <summary>What is read from, for messages.</summary>
    public string Place { get; }

    /// <summary>The bytes.</summary>
    public Stream Bytes { get; }

    /// <summary>All of it as text.</summary>
    /// <exception cref="DataException">It is no UTF-8, or cannot be read.</exception>
    public string ReadAll()
    {
        using var all = new MemoryStream();
        try
        {
            Bytes.CopyTo(all);
        }
        catch (IOException fault)
        {
            throw new DataException(DataFault.Unreadable, $"{Place}: {fault.Message} Check --input.", fault);
        }
        return InvalidUtf8.Refuse(all.GetBuffer().AsSpan(0, (int)all.Length), Place);
    }

    public void Dispose() => Bytes.Dispose();
}
