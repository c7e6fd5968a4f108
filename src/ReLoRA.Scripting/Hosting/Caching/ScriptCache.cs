using System.Globalization;

namespace ReLoRA.Scripting.Hosting.Caching;

/// <summary>
/// Compiled scripts by content: the script, all that it loads and names, and the host. A hit needs no compiler. See
/// docs/script-host.md.
/// </summary>
/// <param name="folder">Where entries lie; one that only the user can write.</param>
/// <param name="host">What scripts are compiled by and against.</param>
/// <param name="tell">Told when an entry cannot be kept.</param>
internal sealed class ScriptCache(string folder, string host, Action<string> tell)
{
    /// <summary>Of some tens of kilobytes each; the oldest beyond are dropped.</summary>
    public const int MostEntries = 200;

    private const string Extension = ".script";

    /// <summary>The compiled script; null where there is none that is made of exactly this.</summary>
    /// <param name="path">The script's absolute path, which messages in it name.</param>
    /// <param name="text">Its text.</param>
    public CompiledScript? Find(string path, string text)
    {
        try
        {
            return Fresh(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever cannot be read is the compiler's to tell, with the line that names it.
            return null;
        }
    }

    private CompiledScript? Fresh(string path, string text)
    {
        var key = Key(path, text);
        var file = FileOf(key);
        if (!File.Exists(file) || CacheEntry.Read(File.ReadAllBytes(file)) is not { } entry || entry.Key != key)
            return null;
        var sources = new Dictionary<string, string> { [path] = text };
        foreach (var (loaded, hash) in entry.Loaded)
        {
            var now = File.ReadAllText(loaded);
            if (CacheEntry.HashOfText(now) != hash)
                return null;
            sources[loaded] = now;
        }
        foreach (var (reference, hash) in entry.References)
        {
            if (CacheEntry.Hash(File.ReadAllBytes(reference)) != hash)
                return null;
        }
        var references = entry.References.Select(reference => reference.Path).ToList();
        return Beside(references) == entry.Beside
            ? new CompiledScript(path, entry.Assembly, entry.Symbols, references, sources, entry.UsesTensors)
            : null;
    }

    /// <summary>Keeps a compiled script. What was written while it was compiled may not be what is in it, and is left out.</summary>
    /// <param name="text">The script's text as it was read.</param>
    /// <param name="compiled">What the compiler made of it.</param>
    /// <param name="begun">When it began.</param>
    public void Keep(string text, CompiledScript compiled, DateTimeOffset begun)
    {
        if (compiled.References.Any(reference => File.GetLastWriteTimeUtc(reference) >= begun.UtcDateTime))
            return;
        var entry = new CacheEntry(
            Key(compiled.Path, text),
            [
                .. compiled
                    .Sources.Where(source => source.Key != compiled.Path)
                    .Select(source => (source.Key, CacheEntry.HashOfText(source.Value))),
            ],
            [.. compiled.References.Select(path => (path, CacheEntry.Hash(File.ReadAllBytes(path))))],
            Beside(compiled.References),
            compiled.Assembly,
            compiled.Symbols,
            compiled.UsesTensors
        );
        var file = FileOf(entry.Key);
        var building = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            File.WriteAllBytes(building, entry.Write());
            File.Move(building, file, overwrite: true);
            DropOldest();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell($"note: the compiled script could not be kept in {folder}: {e.Message}");
            if (File.Exists(building))
                File.Delete(building);
        }
    }

    /// <summary>Those that a killed process left half written are among the oldest in time.</summary>
    private void DropOldest()
    {
        var files = new DirectoryInfo(folder)
            .GetFiles()
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal);
        foreach (var file in files.Skip(MostEntries))
            file.Delete();
    }

    private static string Beside(IEnumerable<string> references) =>
        string.Concat(
            references
                .Select(reference => Path.GetDirectoryName(reference)!)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(beside => string.Create(CultureInfo.InvariantCulture, $"{beside}\n{FileStamps.Of(beside)}"))
        );

    private string Key(string path, string text) => CacheEntry.HashOfText($"{host}\n{path}\n{text}");

    private string FileOf(string key) => Path.Combine(folder, key + Extension);
}
