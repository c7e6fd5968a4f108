using System.Text;

namespace ReLoRA.Data.Hub;

/// <summary>The token by which the hub knows who asks.</summary>
internal static class HubToken
{
    /// <summary>That of <c>HF_TOKEN</c>, else of the token's file, else null.</summary>
    /// <exception cref="DataException">It is none, or its file cannot be read. The message does not hold it.</exception>
    public static string? Of(HubPlaces places)
    {
        if (places.Value("HF_TOKEN") is { } token)
            return Checked(token, "HF_TOKEN");
        var file = places.TokenFile;
        if (!File.Exists(file))
            return null;
        var text = Encoding.UTF8.GetString(DataFiles.ReadAllBytes(file, "file of the hub's token")).Trim();
        return text.Length == 0 ? null : Checked(text, file);
    }

    private static string Checked(string token, string place) =>
        token.All(letter => letter is > ' ' and <= '~')
            ? token
            : throw new DataException(
                DataFault.InvalidValue,
                $"{place}: this is no token: it holds spaces, line ends or letters that none has. Copy the token anew, or unset it."
            );
}
