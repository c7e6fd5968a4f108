using System.Globalization;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

/// <summary>The lines of <c>squeue</c>. Text and not JSON: the JSON's form has changed with most versions of Slurm, and has faults of its own.</summary>
internal static class QueueText
{
    /// <summary>Array job, task, state, reason, nodes. Given apart, it also wins over a format of the user's own.</summary>
    public const string Format = "%F|%K|%T|%r|%N";

    private const int Fields = 5;

    /// <summary>Reads the lines.</summary>
    /// <param name="text">What <c>squeue</c> printed.</param>
    /// <exception cref="UserFaultException">A line is none of the format.</exception>
    public static IReadOnlyList<QueuedTask> Read(string text)
    {
        var tasks = new List<QueuedTask>();
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.Length > 0 && !line.StartsWith("CLUSTER:", StringComparison.Ordinal))
                tasks.Add(Task(line));
        return tasks;
    }

    private static QueuedTask Task(ReadOnlySpan<char> line)
    {
        Span<Range> places = stackalloc Range[Fields];
        if (line.Split(places, '|') != Fields || Number(line[places[1]]) is not { } task)
            throw new UserFaultException(
                $"squeue printed '{line}', which is not of the form {Format} that it was asked for. Which Slurm is it? squeue --version; 22.05 was tried."
            );
        return new QueuedTask(
            line[places[0]].Trim().ToString(),
            task,
            Word(line[places[2]]),
            Word(line[places[3]]),
            line[places[4]].Trim().ToString()
        );
    }

    /// <summary>A job that is no array has one task, the first.</summary>
    private static int? Number(ReadOnlySpan<char> text) =>
        text is "N/A" ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    // Of thousands of tasks most have the same few words.
    private static string Word(ReadOnlySpan<char> text) => string.Intern(text.Trim().ToString());
}
