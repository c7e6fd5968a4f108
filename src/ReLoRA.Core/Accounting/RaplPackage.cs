using System.Globalization;

namespace ReLoRA.Core.Accounting;

/// <summary>The counter of one package: microjoules, which begin again at 0 past their range.</summary>
internal sealed class RaplPackage
{
    private const double MicrojoulesPerJoule = 1e6;

    private readonly string counter;
    private readonly double range;
    private double last;
    private double turns;

    private RaplPackage(string name, string counter, double range) =>
        (Name, this.counter, this.range) = (name, counter, range);

    public string Name { get; }

    public static RaplPackage? Open(string folder)
    {
        try
        {
            var counter = Path.Combine(folder, "energy_uj");
            _ = Number(counter);
            return new RaplPackage(
                File.ReadAllText(Path.Combine(folder, "name")).Trim(),
                counter,
                Number(Path.Combine(folder, "max_energy_range_uj"))
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    public double Read()
    {
        var now = Number(counter);
        if (now < last)
            turns += range;
        last = now;
        return (turns + now) / MicrojoulesPerJoule;
    }

    private static double Number(string path) => double.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
}
