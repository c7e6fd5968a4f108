using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Submits prepared array jobs and leaves word of each on the disk.</summary>
/// <param name="scheduler">The scheduler.</param>
/// <param name="place">Where the sweep lies.</param>
/// <param name="program">How <c>relora</c> is started on a node.</param>
public sealed class SlurmSubmission(IScheduler scheduler, SlurmPlace place, IReadOnlyList<string> program)
{
    /// <summary>The batch script of a job.</summary>
    /// <param name="batch">The job.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="after">The id of a job that has to end before; empty for none.</param>
    public string Script(SlurmBatch batch, SlurmSettings settings, string after = "") =>
        BatchScript.Write(settings, batch.Terms, batch.Folder, place.Path, program, after);

    /// <summary>Submits them. With a limit on tasks at once the jobs of one sweep follow one another, since Slurm counts each array alone.</summary>
    /// <param name="batches">The jobs.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <exception cref="UserFaultException">The folder of runs cannot be written, or the scheduler refuses. Jobs before that one are submitted.</exception>
    public IEnumerable<SlurmJob> Submit(IReadOnlyList<SlurmBatch> batches, SlurmSettings settings, string cluster)
    {
        var before = "";
        foreach (var batch in batches)
        {
            Write(batch);
            var id = scheduler.Submit(Script(batch, settings, settings.ArrayLimit > 0 ? before : ""));
            var job = JobOf(batch.Terms, id) with { Cluster = cluster };
            job.Write(place.Runs.Sweep(place.Sweep).SlurmJobPath(id));
            yield return job;
            before = id;
        }
    }

    /// <summary>What is told of a job on the disk.</summary>
    /// <param name="terms">What its tasks have in common.</param>
    /// <param name="id">Its id.</param>
    internal static SlurmJob JobOf(TaskTerms terms, string id) =>
        new()
        {
            Id = id,
            Tasks = terms.Tasks,
            Submitted = terms.Submitted,
            Host = terms.Host,
            Partition = terms.Partition,
        };

    private void Write(SlurmBatch batch) =>
        RunsWriting.Do(
            place.Runs,
            () =>
            {
                Directory.CreateDirectory(place.LogsPath);
                batch.Folder.Write(batch.Terms, batch.Orders);
                return batch;
            }
        );
}
