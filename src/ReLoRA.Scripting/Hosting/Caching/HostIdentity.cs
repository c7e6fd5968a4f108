using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Hosting.Caching;

/// <summary>What a script is compiled by and against, apart from its own files. Found without loading any of it.</summary>
internal static class HostIdentity
{
    private static readonly Lazy<string> Own = new(() => Of(AppContext.BaseDirectory));

    /// <summary>Of this process.</summary>
    public static string OfThisProcess => Own.Value;

    /// <summary>Of a host whose assemblies lie in a folder.</summary>
    public static string Of(string folder)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"runtime {Environment.Version} {Module(typeof(object))}\n")
            .Append(CultureInfo.InvariantCulture, $"language {Module(typeof(HostIdentity))}\n")
            .Append(CultureInfo.InvariantCulture, $"core {Module(typeof(RunConfig))}\n")
            .Append(CultureInfo.InvariantCulture, $"{AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")}\n")
            // The compiler's own and every other that a script may name: to load them for their identities would cost what a cache saves.
            .Append(FileStamps.Of(folder));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static Guid Module(Type type) => type.Module.ModuleVersionId;
}
