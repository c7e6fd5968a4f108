using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Planning;

/// <summary>Which other sweeps of a folder of runs have a cell too.</summary>
public sealed class OtherSweeps
{
    private readonly ILookup<string, string> sweeps;

    private OtherSweeps(ILookup<string, string> sweeps) => this.sweeps = sweeps;

    /// <summary>Reads the sweeps of a folder of runs.</summary>
    /// <param name="runs">The folder.</param>
    /// <param name="except">The sweep that the others are other than.</param>
    public static OtherSweeps Read(RunsFolder runs, string except) =>
        new(
            runs.Sweeps()
                .Where(folder => folder.Name != except)
                .Select(Read)
                .OfType<SweepFile>()
                .SelectMany(file => file.Cells.Select(cell => (cell.Id, file.Name)))
                .ToLookup(pair => pair.Id, pair => pair.Name)
        );

    /// <summary>The other sweeps that have a cell, in the order of their names.</summary>
    /// <param name="id">The cell's id.</param>
    public IReadOnlyList<string> With(string id) => [.. sweeps[id]];

    private static SweepFile? Read(SweepFolder folder)
    {
        try
        {
            return SweepFile.Read(folder.PlanPath);
        }
        catch (RunFileException)
        {
            // Another sweep's damaged plan is told by status, and is nothing to this one.
            return null;
        }
    }
}
