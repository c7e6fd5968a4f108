using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Export;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>--format</c> and <c>--kind</c> may be.</summary>
internal static class ExportFormats
{
    public static string Names =>
        string.Join(", ", Enum.GetNames<ExportFormat>().Select(name => name.ToLowerInvariant()));

    public static ExportFormat Parse(string text) =>
        Enum.GetValues<ExportFormat>()
            .Cast<ExportFormat?>()
            .FirstOrDefault(format => string.Equals(format.ToString(), text, StringComparison.OrdinalIgnoreCase))
        ?? throw new UserFaultException($"--format is '{text}'; allowed: {Names}.");

    /// <summary>The tables by their names, commas between them allowed too.</summary>
    public static IReadOnlyList<string> Tables(IEnumerable<string> kinds)
    {
        var names = kinds.SelectMany(kind => kind.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var wrong = names.FirstOrDefault(name => !ExportTables.Names.Contains(name));
        return wrong is null
            ? names
            : throw new UserFaultException(
                $"--kind is '{wrong}'; allowed: {string.Join(", ", ExportTables.Names)}. Did you mean {NearNames.Of(wrong, ExportTables.Names, 1)[0]}?"
            );
    }
}
