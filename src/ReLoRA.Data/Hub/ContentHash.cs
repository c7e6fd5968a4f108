using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReLoRA.Data.Hub;

/// <summary>The hash by which a file's content is known: SHA-256, or for what is kept in git itself, git's own.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly HubFile _file;
    private readonly IncrementalHash _hash;

    public ContentHash(HubFile file)
    {
        _file = file;
        // Git names its files by SHA-1.
        _hash = IncrementalHash.CreateHash(file.Sha256 is null ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
        Begin();
    }

    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>Forgets what was appended.</summary>
    public void StartOver()
    {
        _hash.GetHashAndReset();
        Begin();
    }

    /// <summary>The hash of all that was appended, in hexadecimal.</summary>
    public string Current() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private void Begin()
    {
        if (_file.Sha256 is null)
            _hash.AppendData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {_file.Bytes}\0"))
            );
    }
}
