using System.Globalization;
using ReLoRA.Core.Training;

namespace ReLoRA.Core.Distributed;

/// <summary>One process's sign of life, in a file that the others see.</summary>
internal sealed class RankBeat(string heartbeat, int rank)
{
    private const string Waiting = " waits";

    private readonly string path = string.Create(CultureInfo.InvariantCulture, $"{heartbeat}.{rank}");
    private readonly string who = string.Create(
        CultureInfo.InvariantCulture,
        $"process {rank} (id {Environment.ProcessId} on {Environment.MachineName})"
    );
    private DateTime seen;
    private bool saidWaiting;

    /// <summary>Makes the file of this process.</summary>
    public void Begin(TimeProvider clock)
    {
        File.WriteAllText(path, who);
        Heartbeat.Renew(path, clock);
    }

    /// <summary>Renews the file of this process where it got on, and says whether it waits.</summary>
    public void Show(TimeProvider clock, bool gotOn, bool isWaiting)
    {
        try
        {
            if (isWaiting != saidWaiting)
            {
                var before = File.GetLastWriteTimeUtc(path);
                File.WriteAllText(path, isWaiting ? who + Waiting : who);
                File.SetLastWriteTimeUtc(path, before);
                saidWaiting = isWaiting;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A beat is worth no run: at worst the wrong process is named.
        }
        if (gotOn)
            Heartbeat.Renew(path, clock);
    }

    /// <summary>Whether it was renewed since this was last asked.</summary>
    public bool HasChanged()
    {
        try
        {
            var now = File.GetLastWriteTimeUtc(path);
            var hasChanged = now != seen;
            seen = now;
            return hasChanged;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What a network file system cannot tell now is told at the next look, or the run begins again at its checkpoint.
            return false;
        }
    }

    /// <summary>Whether the process waits for others.</summary>
    public bool Waits() => Read().EndsWith(Waiting, StringComparison.Ordinal);

    /// <summary>The process, for people.</summary>
    public string Who() =>
        Read() is { Length: > 0 } text ? text : string.Create(CultureInfo.InvariantCulture, $"process {rank}");

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

    private string Read()
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
