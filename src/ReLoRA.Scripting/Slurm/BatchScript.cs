using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReLoRA.Scripting.Slurm;

/// <summary>The batch script of an array job. It looks whether the node can work at all, and becomes the task.</summary>
public static class BatchScript
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t'\"\\#");

    /// <summary>Writes it.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="terms">What the tasks have in common.</param>
    /// <param name="orders">The orders.</param>
    /// <param name="slurmFolder">Where tasks tell of themselves.</param>
    /// <param name="program">How <c>relora</c> is started.</param>
    /// <param name="after">The id of a job that has to end before; empty for none.</param>
    public static string Write(
        SlurmSettings settings,
        TaskTerms terms,
        OrderFolder orders,
        string slurmFolder,
        IReadOnlyList<string> program,
        string after = ""
    )
    {
        var text = new StringBuilder("#!/bin/bash\n");
        foreach (var option in Options(settings, terms, slurmFolder, after))
            text.Append("#SBATCH ").Append(option).Append('\n');
        var command = string.Join(' ', program.Select(Quoted));
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""

            # What a node lacks is told where 'relora status' looks, and in the job's log.
            fault() {
                text=${1//[\"\\]/\'}; text=${text//[$'\n\r\t']/ }; now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
                printf 'error: %s\n' "$text" >&2
                printf '{"sittings":[{"restart":%d,"node":"%s","began":"%s","ended":"%s","why":"the node cannot work","fault":"%s"}]}\n' \
                    "${SLURM_RESTART_COUNT:-0}" "$SLURMD_NODENAME" "$now" "$now" "$text" \
                    >{{Quoted(slurmFolder)}}/"${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}.json"
                exit 1
            }

            """
        );
        if (settings.Setup.Length > 0)
            text.Append("\n# The site's own preparation.\n")
                .Append(settings.Setup.ReplaceLineEndings("\n").TrimEnd('\n'))
                .Append('\n');
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""

            [ "$(cat {{Quoted(orders.KeyPath)}} 2>/dev/null)" = {{terms.Key}} ] ||
                fault {{Quoted(
                $"the folder of runs {terms.Runs} is not the one that was submitted from: nodes have to see it under the same path, on a file system that they share. Move it there, or give --runs."
            )}}
            started=$({{command}} task --starts 2>&1) ||
                fault "relora does not start on $SLURMD_NODENAME: $started. It needs the .NET runtime that it was built for: prepare the node by --setup FILE, or leave it out by --sbatch-arg=--exclude=$SLURMD_NODENAME."
            exec {{command}} task {{Quoted(orders.Path)}}

            """
        );
        return text.ToString();
    }

    private static IEnumerable<string> Options(
        SlurmSettings settings,
        TaskTerms terms,
        string slurmFolder,
        string after
    )
    {
        var limit = settings.ArrayLimit > 0 ? $"%{Number(settings.ArrayLimit)}" : "";
        yield return $"--job-name=relora-{terms.Sweep}";
        yield return $"--array=0-{Number(terms.Tasks.Count - 1)}{limit}";
        yield return "--nodes=1";
        yield return "--ntasks=1";
        yield return $"--cpus-per-task={Number(settings.Cpus)}";
        if (settings.Partition.Length > 0)
            yield return $"--partition={settings.Partition}";
        if (settings.Time is { } time)
            yield return $"--time={SlurmTime.Text(time)}";
        if (settings.Gpus > 0)
            yield return $"--gpus={Number(settings.Gpus)}";
        if (settings.Memory.Length > 0)
            yield return $"--mem={settings.Memory}";
        if (settings.Account.Length > 0)
            yield return $"--account={settings.Account}";
        yield return "--requeue";
        yield return "--open-mode=append";
        yield return $"--signal=B:USR1@{Number((int)settings.Warning.TotalSeconds)}";
        yield return $"--output={OptionText(Path.Combine(slurmFolder, "logs", "%A_%a.log"))}";
        if (after.Length > 0)
        {
            yield return $"--dependency=afterany:{after}";
            yield return "--kill-on-invalid-dep=yes";
        }
        foreach (var argument in settings.Arguments)
            yield return argument;
    }

    /// <summary>A word of the shell.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0
        && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:@%".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A word of an option line, which Slurm splits as a shell would.</summary>
    private static string OptionText(string path) =>
        !path.AsSpan().ContainsAny(Special)
            ? path
            : $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
