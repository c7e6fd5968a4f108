using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;

namespace ReLoRA.Core.Checkpoints;

/// <summary>
/// A run's checkpoints, <c>step_N</c> each: weights under the published names, optimizer state, and how far the run was. One
/// appears whole or not at all, and goes the same way.
/// </summary>
public sealed class CheckpointStore
{
    private const string Prefix = "step_";

    /// <summary>Not whole yet.</summary>
    private const string Building = ".building";

    /// <summary>Whole, and in the way of a new one of the same step.</summary>
    private const string Replaced = ".replaced";

    /// <summary>Not whole any more.</summary>
    private const string Deleting = ".deleting";

    private readonly string folder;
    private readonly IDisk disk;

    /// <summary>Opens a folder of checkpoints, which need not exist yet.</summary>
    /// <param name="folder">The folder.</param>
    public CheckpointStore(string folder)
        : this(folder, new Disk()) { }

    internal CheckpointStore(string folder, IDisk disk) => (this.folder, this.disk) = (folder, disk);

    /// <summary>The steps that have a checkpoint, newest first.</summary>
    public IReadOnlyList<long> Steps => [.. Folders("").Select(StepOf).Where(step => step >= 0).OrderDescending()];

    /// <summary>The folder of a step's checkpoint.</summary>
    /// <param name="step">Completed updates.</param>
    public string PathOf(long step) => Path.Combine(folder, FormattableString.Invariant($"{Prefix}{step}"));

    /// <summary>Saves a run. What is there for the same step is replaced, once the new one is whole.</summary>
    /// <param name="config">The run.</param>
    /// <param name="model">Its weights.</param>
    /// <param name="optimizer">Its moments.</param>
    /// <param name="content">How far it is.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="UserFaultException">The disk does not take it. What was saved before is still there.</exception>
    public long Save(RunConfig config, Decoder model, AdamW optimizer, CheckpointContent content) =>
        Save(new CheckpointImage(config, CheckpointTensors.Of(model, optimizer), content));

    /// <summary>Saves a run, and deletes what is not to be kept.</summary>
    /// <exception cref="UserFaultException">The disk does not take it. What was saved before is still there.</exception>
    internal long SaveAndPrune(CheckpointImage image)
    {
        var bytes = Save(image);
        Guarded(image, () => Prune(image.Content.State.Step, image.Config.Checkpoint));
        return bytes;
    }

    internal long Save(CheckpointImage image)
    {
        var bytes = 0L;
        Guarded(image, () => bytes = Write(image));
        return bytes;
    }

    /// <summary>
    /// Deletes all but the newest checkpoints and those to be kept for good. One of a later step than the newest was passed over by a
    /// resume: it is of a course that the run has left, and would count as the newest.
    /// </summary>
    /// <param name="newest">The step saved last.</param>
    /// <param name="config">How many stay.</param>
    public void Prune(long newest, CheckpointConfig config)
    {
        foreach (var step in Steps.Where(step => step > newest))
            Delete(PathOf(step));
        foreach (var step in Steps.Skip(config.Keep).Where(step => !IsKept(step, config)))
            Delete(PathOf(step));
    }

    /// <summary>Deletes one checkpoint; a kill in the middle leaves none that looks whole.</summary>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Free(long step) => Delete(PathOf(step));

    /// <summary>
    /// Clears away what a killed save or deletion left behind. A checkpoint that was set aside for a new one that never came is put
    /// back.
    /// </summary>
    public void Recover()
    {
        foreach (var rest in Folders(Building).Concat(Folders(Deleting)))
            disk.DeleteFolder(rest);
        foreach (var aside in Folders(Replaced))
        {
            var final = aside[..^Replaced.Length];
            if (Directory.Exists(final))
                Delete(aside);
            else
                disk.RenameFolder(aside, final);
        }
    }

    /// <summary>Loads a checkpoint into a model and its optimizer.</summary>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    /// <param name="cell">The cell it must be of.</param>
    /// <param name="model">Receives the weights.</param>
    /// <param name="optimizer">Receives the moments.</param>
    /// <exception cref="CheckpointException">The checkpoint is damaged or of another cell.</exception>
    public CheckpointContent Load(long step, string cell, Decoder model, AdamW optimizer) =>
        CheckpointReader.Load(PathOf(step), cell, model, optimizer);

    /// <summary>What a checkpoint holds beside its tensors.</summary>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public CheckpointContent Read(long step) =>
        CheckpointReader.ReadContent(Path.Combine(PathOf(step), CheckpointFolder.StateName));

    private static bool IsKept(long step, CheckpointConfig config) =>
        config.KeepEvery > 0 && step % config.KeepEvery == 0;

    private long Write(CheckpointImage image)
    {
        Recover();
        if (!Directory.Exists(folder))
        {
            disk.CreateFolder(folder);
            // The folder's own name, and the log's beside it.
            disk.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        }
        var final = PathOf(image.Content.State.Step);
        var bytes = CheckpointFolder.Write(disk, final + Building, image);
        // At every moment one of the two is there under a name from which it is found again.
        var replaces = Directory.Exists(final);
        if (replaces)
            disk.RenameFolder(final, final + Replaced);
        disk.RenameFolder(final + Building, final);
        disk.FlushFolder(folder);
        if (replaces)
            Delete(final + Replaced);
        return bytes;
    }

    /// <summary>By way of a name that says so: half a checkpoint is never taken for one.</summary>
    private void Delete(string path)
    {
        disk.RenameFolder(path, path + Deleting);
        disk.DeleteFolder(path + Deleting);
    }

    private void Guarded(CheckpointImage image, Action save)
    {
        try
        {
            save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            MakeRoom();
            throw CheckpointFaults.NotSaved(PathOf(image.Content.State.Step), image.Tensors.Bytes, Steps, e);
        }
    }

    /// <summary>On a full disk even the message needs room. What cannot be cleared away now is by the next save.</summary>
    private void MakeRoom()
    {
        try
        {
            Recover();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    private IEnumerable<string> Folders(string suffix) =>
        Directory.Exists(folder)
            ? Directory.GetDirectories(folder, $"{Prefix}*{suffix}").Order(StringComparer.Ordinal)
            : [];

    private long StepOf(string path) =>
        long.TryParse(
            Path.GetFileName(path).AsSpan(Prefix.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var step
        )
        && Path.GetFileName(PathOf(step)) == Path.GetFileName(path)
            ? step
            : -1;
}
