using System.Globalization;

namespace ReLoRA.Core.Distributed;

/// <summary>
/// One process's sign of life, in a file that the others see: who it is, how often it has got on, how often it has looked around, and whether it waits.
/// </summary>
internal sealed class RankBeat(string heartbeat, int rank)
{
    private const string Waiting = "waits";
    private const string Computing = "computes";

    private readonly string path = string.Create(CultureInfo.InvariantCulture, $"{heartbeat}.{rank}");
    private readonly string who = string.Create(
        CultureInfo.InvariantCulture,
        $"process {rank} (id {Environment.ProcessId} on {Environment.MachineName})"
    );
    private long progress;
    private long looks;
    private string[] seen = [];
    private int silence;

    /// <summary>Makes the file of this process.</summary>
    public void Begin() => File.WriteAllText(path, Text(isWaiting: false));

    /// <summary>Shows that this process looked around, whether it got on since it last did, and whether it waits.</summary>
    public void Show(bool gotOn, bool isWaiting)
    {
        looks++;
        if (gotOn)
            progress++;
        try
        {
            File.WriteAllText(path, Text(isWaiting));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is not shown now is shown at the next look, or the run begins again at its checkpoint.
        }
    }

    /// <summary>Whether it got on since this was last asked, to be asked at every look.</summary>
    public bool HasGotOn()
    {
        var now = Read();
        silence = now is null || now.SequenceEqual(seen) ? silence + 1 : 0;
        var hasGotOn = now is not null && (seen.Length == 0 || now[0] != seen[0] || now[1] != seen[1]);
        seen = now ?? seen;
        return hasGotOn;
    }

    /// <summary>
    /// Whether the process waits for others. One that said so and has looked around no more is stopped itself: it was asked for at
    /// least half of the looks and showed nothing new.
    /// </summary>
    /// <param name="all">For how many looks no process has got on.</param>
    public bool Waits(int all) => seen.Length > 0 && seen[^1] == Waiting && silence * 2 < all;

    /// <summary>The process, for people.</summary>
    public string Who() => seen.Length > 0 ? seen[0] : string.Create(CultureInfo.InvariantCulture, $"process {rank}");

    /// <summary>Takes the file away.</summary>
    public void End() => Delete(path);

    /// <summary>Takes the files away that a run of more processes left when it was killed.</summary>
    /// <param name="heartbeat">The run's own sign of life.</param>
    /// <param name="size">How many processes there are now.</param>
    public static void Forget(string heartbeat, int size)
    {
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(heartbeat))!, Path.GetFileName(heartbeat) + ".");
        foreach (var file in Directory.GetFiles(folder))
        {
            var own = Path.GetFileName(file);
            var number = own.StartsWith(name, StringComparison.Ordinal) ? own[name.Length..] : "";
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank >= size)
                Delete(file);
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that stays costs nothing.
        }
    }

    private string Text(bool isWaiting) =>
        string.Create(CultureInfo.InvariantCulture, $"{who}\n{progress}\n{looks}\n{(isWaiting ? Waiting : Computing)}");

    /// <summary>The file's lines, or null where there is none or it is being written.</summary>
    private string[]? Read()
    {
        try
        {
            return File.ReadAllText(path).Split('\n') is { Length: 4 } lines && lines[^1] is Waiting or Computing
                ? lines
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
