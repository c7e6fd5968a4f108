using System.Globalization;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

/// <summary>The lines of <c>squeue</c>. Text and not JSON: the JSON's form has changed with most versions of Slurm, and has faults of its own.</summary>
internal static class QueueText
{
    /// <summary>Array job, task, state, reason, nodes, name. Given apart, it also wins over a format of the user's own.</summary>
    public const string Format = "%F|%K|%T|%r|%N|%j";

    private const int Fields = 6;

    /// <summary>Reads the lines.</summary>
    /// <param name="text">What <c>squeue</c> printed.</param>
    /// <exception cref="UserFaultException">A line is none of the format.</exception>
    public static IReadOnlyList<QueuedTask> Read(string text)
    {
        var tasks = new List<QueuedTask>();
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.Length > 0 && !line.StartsWith("CLUSTER:", StringComparison.Ordinal))
                if (Task(line) is { } task)
                    tasks.Add(task);
        return tasks;
    }

    /// <summary>A job that is no array is none of this program's: null.</summary>
    private static QueuedTask? Task(ReadOnlySpan<char> line)
    {
        Span<Range> places = stackalloc Range[Fields];
        var isOfForm = line.Split(places, '|') == Fields;
        if (isOfForm && line[places[1]] is "N/A")
            return null;
        if (!isOfForm || !int.TryParse(line[places[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var task))
            throw new UserFaultException(
                $"squeue printed '{line}', which is not of the form {Format} that it was asked for. Which Slurm is it? squeue --version; 22.05 was tried."
            );
        return new QueuedTask(
            line[places[0]].Trim().ToString(),
            task,
            Word(line[places[2]]),
            Word(line[places[3]]),
            line[places[4]].Trim().ToString(),
            Word(line[places[5]])
        );
    }

    // Of thousands of tasks most have the same few words.
    private static string Word(ReadOnlySpan<char> text) => string.Intern(text.Trim().ToString());
}
