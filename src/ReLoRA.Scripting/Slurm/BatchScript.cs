using System.Buffers;
using System.Globalization;
using System.Text;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>The batch script of an array job. It looks whether the node can work at all, and becomes the task.</summary>
public static class BatchScript
{
    /// <summary>Why a sitting ended that was warned before its task could hear it. Also what these are counted by.</summary>
    private const string Unbegun = "time limit near before training began";

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
        var command = string.Join(' ', program.Select(ShellWord.Of));
        text.Append(Preamble(slurmFolder));
        if (settings.Setup.Length > 0)
            text.Append("\n# The site's own preparation.\n")
                .Append(settings.Setup.ReplaceLineEndings("\n").TrimEnd('\n'))
                .Append('\n');
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""

            [ "$(cat {{ShellWord.Of(orders.KeyPath)}} 2>/dev/null)" = {{terms.Key}} ] ||
                relora_fault {{ShellWord.Of(
                $"the folder of runs {terms.Runs} is not the one that was submitted from: nodes have to see it under the same path, on a file system that they share. Move it there, or give --runs."
            )}}
            relora_started=$({{command}} task --starts 2>&1) ||
                relora_fault "relora does not start on $SLURMD_NODENAME: $relora_started. It needs the .NET runtime that it was built for: prepare the node by --setup FILE, or leave it out by --sbatch-arg=--exclude=$SLURMD_NODENAME."
            exec {{command}} task {{ShellWord.Of(orders.Path)}}

            """
        );
        return text.ToString();
    }

    /// <summary>Tells of what happens before the task itself can: a fault of the node, a preparation that fails, a warning that comes early.</summary>
    private static string Preamble(string slurmFolder) =>
        $$"""

            # What a node lacks is told where 'relora status' looks, and in the job's log.
            relora_task="${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
            relora_sittings={{ShellWord.Of(slurmFolder)}}/"$relora_task.json"
            relora_log={{ShellWord.Of(slurmFolder)}}/logs/"$relora_task.log"
            relora_began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
            relora_tell() {
                set +eu +o pipefail
                local text=${2//[\"\\]/\'} before
                text=${text//[[:cntrl:]]/ }
                before=$(2>/dev/null tr '\n' ' ' <"$relora_sittings" |
                    sed -n 's/^{ *"sittings": *\[ *\({.*}\) *\] *} *$/\1,/p')
                printf 'error: %s\n' "${text:-$1}" >&2
                printf '{"sittings":[%s{"restart":%d,"node":"%s","began":"%s","ended":"%s","why":"%s","fault":"%s"}]}\n' \
                    "$before" "${SLURM_RESTART_COUNT:-0}" "$SLURMD_NODENAME" "$relora_began" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$text" \
                    >"$relora_sittings.new" && mv -f "$relora_sittings.new" "$relora_sittings"
            }
            relora_fault() {
                trap - EXIT
                relora_tell "the node cannot work" "$1"
                exit 1
            }
            relora_left() {
                relora_fault "the node's preparation (--setup) ended with code $1: $(tail -n 5 "$relora_log" 2>/dev/null) Mend it and submit again. All that it printed: $relora_log"
            }
            relora_warned() {
                trap - EXIT
                if [ "$(grep -o '{{Unbegun}}' "$relora_sittings" 2>/dev/null | wc -l)" -ge {{Number(
                TaskRunner.MostFruitlessLimits - 1
            )}} ]; then
                    relora_fault "the time limit was near {{Number(
                TaskRunner.MostFruitlessLimits
            )}} times before training began. Give a longer --time, a shorter --warning, or a --setup that takes less time."
                fi
                relora_tell "{{Unbegun}}" ""
                scontrol requeue "$SLURM_JOB_ID" ||
                    relora_fault "the time limit was near before training began, and the task could not be requeued. Submit again, with a longer --time."
                exit {{Number(WorkerExit.Stopped)}}
            }
            trap 'relora_left $?' EXIT
            trap relora_warned USR1
            # Who cancels knows why it ended.
            trap 'trap - EXIT; exit 143' TERM INT HUP

            """;

    private static IEnumerable<string> Options(
        SlurmSettings settings,
        TaskTerms terms,
        string slurmFolder,
        string after
    )
    {
        var limit = settings.ArrayLimit > 0 ? $"%{Number(settings.ArrayLimit)}" : "";
        yield return $"--job-name={SubmittedTask.JobNameOf(terms.Sweep)}";
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
        yield return $"--output={OptionText(Path.Combine(slurmFolder.Replace("%", "%%", StringComparison.Ordinal), "logs", "%A_%a.log"))}";
        if (after.Length > 0)
        {
            yield return $"--dependency=afterany:{after}";
            yield return "--kill-on-invalid-dep=yes";
        }
        foreach (var argument in settings.Arguments)
            yield return argument;
    }

    /// <summary>A word of an option line, which Slurm splits as a shell would.</summary>
    private static string OptionText(string path) =>
        !path.AsSpan().ContainsAny(Special)
            ? path
            : $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
