namespace ReLoRA.Core.Accounting;

/// <summary>
/// Energy of the processors' packages as Linux shows it under <c>/sys/class/powercap</c> (RAPL). It is that of everything that runs on the machine. Mostly root alone may read it.
/// </summary>
internal sealed class RaplMeter : IEnergyMeter
{
    private const string Packages = "intel-rapl:*";

    private readonly List<RaplPackage> packages;

    private RaplMeter(List<RaplPackage> packages) => this.packages = packages;

    public string Name => $"RAPL: {string.Join(", ", packages.Select(package => package.Name))}";

    /// <summary>The meter; null where there is none, or it may not be read.</summary>
    /// <param name="root">The folder of Linux's power counters.</param>
    public static RaplMeter? Find(string root = "/sys/class/powercap")
    {
        if (!Directory.Exists(root))
            return null;
        var found = Directory
            .EnumerateDirectories(root, Packages)
            // Parts of a package have a second colon, and are counted in it.
            .Where(path => Path.GetFileName(path).Count(letter => letter == ':') == 1)
            .Order(StringComparer.Ordinal)
            .Select(RaplPackage.Open)
            .OfType<RaplPackage>()
            .ToList();
        return found.Count > 0 ? new RaplMeter(found) : null;
    }

    public double Read() => packages.Sum(package => package.Read());
}
