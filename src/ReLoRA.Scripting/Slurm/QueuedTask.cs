namespace ReLoRA.Scripting.Slurm;

/// <summary>A task as the scheduler knows it.</summary>
/// <param name="Job">The array job's id. Not the id of the task's own job, which differs and changes.</param>
/// <param name="Task">The task's number.</param>
/// <param name="State">The scheduler's word: <c>PENDING</c>, <c>RUNNING</c>, <c>COMPLETED</c>, <c>NODE_FAIL</c>, ...</param>
/// <param name="Reason">The scheduler's word for why it waits or ended: <c>Resources</c>, <c>JobArrayTaskLimit</c>, <c>None</c>, ...</param>
/// <param name="Node">Where it runs or ran; empty where nowhere.</param>
/// <param name="Name">The job's name. A cluster gives ids anew, so that a number alone may be a stranger's.</param>
public sealed record QueuedTask(string Job, int Task, string State, string Reason, string Node, string Name);
