using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Cli.Commands;

/// <summary>One side of a comparison.</summary>
/// <param name="Runs">The folder of runs.</param>
/// <param name="Sweep">The sweep; empty for every cell of the folder.</param>
internal sealed record CompareSide(RunsFolder Runs, string Sweep)
{
    /// <exception cref="UserFaultException">No runs, no such sweep, or several to choose from.</exception>
    public static CompareSide Of(string path, string? sweep, string option)
    {
        var runs = new RunsFolder(path);
        if (!Directory.Exists(runs.Root))
            throw new UserFaultException(
                $"There is no folder {runs.Root}. Give a folder of runs, as 'relora run' makes."
            );
        var names = runs.Sweeps().Where(folder => File.Exists(folder.PlanPath)).Select(folder => folder.Name).ToList();
        if (sweep is not null && !names.Contains(sweep))
            throw new UserFaultException(
                $"{option}: there is no sweep '{sweep}' in {runs.Root}. There are: {string.Join(", ", names)}"
            );
        if (sweep is null && names.Count > 1)
            throw new UserFaultException(
                $"{runs.Root} has {names.Count} sweeps: {string.Join(", ", names)}. Choose one with {option}."
            );
        if (names.Count == 0 && runs.Cells().Count == 0)
            throw new UserFaultException(
                $"There are no runs in {runs.Root}. Give a folder of runs, as 'relora run' makes."
            );
        return new CompareSide(runs, sweep ?? names.FirstOrDefault() ?? "");
    }

    public override string ToString() => Sweep.Length > 0 ? $"{Sweep} in {Runs.Root}" : Runs.Root;
}
