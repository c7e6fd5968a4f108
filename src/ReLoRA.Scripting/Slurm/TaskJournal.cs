using System.Globalization;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What a task tells of its starts: <see cref="SlurmTask"/>. A start that finds a later one there has been replaced.</summary>
internal sealed class TaskJournal
{
    /// <summary>Why a sitting ended that was warned of its time limit.</summary>
    public const string TimeLimit = "time limit: saved";

    private readonly string path;
    private readonly CellOwner self;
    private readonly TimeProvider clock;
    private readonly SlurmSitting begun;

    private TaskJournal(string path, CellOwner self, TimeProvider clock, IReadOnlyList<SlurmSitting> before)
    {
        (this.path, this.self, this.clock, Before) = (path, self, clock, before);
        begun = new SlurmSitting
        {
            Restart = self.Restart,
            Node = self.Node,
            Began = Now(),
        };
    }

    /// <summary>The sittings before this one.</summary>
    public IReadOnlyList<SlurmSitting> Before { get; }

    /// <summary>Time limits in a row up to now, at which nothing had been saved since the start. Other endings in between do not count.</summary>
    public int FruitlessLimits => Before.Reverse().TakeWhile(sitting => sitting.Steps == 0).Count(IsLimit);

    /// <summary>Tells that a start began.</summary>
    /// <param name="path">The task's file.</param>
    /// <param name="self">The start.</param>
    /// <param name="clock">For times of day.</param>
    /// <exception cref="CellReplacedException">A later start has begun.</exception>
    public static TaskJournal Begin(string path, CellOwner self, TimeProvider clock)
    {
        var journal = new TaskJournal(path, self, clock, Sittings(path));
        journal.Write(journal.begun);
        return journal;
    }

    /// <summary>Tells how it ended.</summary>
    /// <param name="why">In words.</param>
    /// <param name="steps">Steps that its cells are further.</param>
    /// <param name="fault">What the node lacks; empty for nothing.</param>
    /// <exception cref="CellReplacedException">A later start has begun.</exception>
    public void End(string why, long steps = 0, string fault = "") =>
        Write(begun with { Ended = Now(), Why = why, Steps = steps, Fault = fault });

    private static bool IsLimit(SlurmSitting sitting) => sitting.Why.StartsWith(TimeLimit, StringComparison.Ordinal);

    private static IReadOnlyList<SlurmSitting> Sittings(string path)
    {
        try
        {
            return SlurmTask.Read(path)?.Sittings ?? [];
        }
        catch (RunFileException)
        {
            // It explains, and decides nothing but how often a time limit may come to nothing.
            return [];
        }
    }

    private void Write(SlurmSitting sitting)
    {
        if (Sittings(path).FirstOrDefault(other => other.Restart > self.Restart) is { } later)
            throw new CellReplacedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The task {self.TaskName} began again on {later.Node}, restart {later.Restart}: this start of it, {self.Restart}, was cut off. It ends without writing."
                )
            );
        new SlurmTask { Sittings = [.. Before.Where(other => other.Restart != self.Restart), sitting] }.Write(path);
    }

    private string Now() => clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
}
