using System.Globalization;
using System.Text.Json;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Safetensors;
using ReLoRA.Results.Runs;
using static TorchSharp.torch;

namespace ReLoRA.Core.Checkpoints;

/// <summary>
/// A run's checkpoints, <c>step_N</c> each: weights under the published names, optimizer state, and how far the run was. One
/// appears whole or not at all.
/// </summary>
public sealed class CheckpointStore
{
    private const string Prefix = "step_";
    private const string Building = ".building";
    private const string Master = "master.";

    private readonly string folder;

    /// <summary>Opens a folder of checkpoints, which need not exist yet.</summary>
    /// <param name="folder">The folder.</param>
    public CheckpointStore(string folder) => this.folder = folder;

    /// <summary>The steps that have a checkpoint, newest first.</summary>
    public IReadOnlyList<long> Steps =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(folder, Prefix + "*")
                    .Select(path => Path.GetFileName(path)![Prefix.Length..])
                    .Where(name => name.All(char.IsAsciiDigit))
                    .Select(name => long.Parse(name, CultureInfo.InvariantCulture))
                    .OrderDescending(),
            ]
            : [];

    /// <summary>The folder of a step's checkpoint.</summary>
    /// <param name="step">Completed updates.</param>
    public string PathOf(long step) => Path.Combine(folder, FormattableString.Invariant($"{Prefix}{step}"));

    /// <summary>Saves a run. What is there for the same step is replaced.</summary>
    /// <param name="config">The run.</param>
    /// <param name="model">Its weights.</param>
    /// <param name="optimizer">Its moments.</param>
    /// <param name="content">How far it is.</param>
    /// <returns>Bytes written.</returns>
    public long Save(RunConfig config, Decoder model, AdamW optimizer, CheckpointContent content)
    {
        var final = PathOf(content.State.Step);
        var building = final + Building;
        if (Directory.Exists(building))
            Directory.Delete(building, recursive: true);
        Directory.CreateDirectory(building);
        SafetensorsFile.Write(Path.Combine(building, ModelFolder.WeightsName), ModelFolder.Weights(model));
        SafetensorsFile.Write(
            Path.Combine(building, "optimizer.safetensors"),
            [.. State(optimizer), .. Masters(optimizer)]
        );
        AtomicFile.Write(Path.Combine(building, ModelFolder.ConfigName), PublishedConfig.Write(config));
        AtomicFile.Write(
            Path.Combine(building, "state.json"),
            JsonSerializer.Serialize(content, CheckpointJson.Options)
        );
        CheckpointManifest.Write(building);
        DiskFlush.Folder(building);
        if (Directory.Exists(final))
            Directory.Delete(final, recursive: true);
        Directory.Move(building, final);
        DiskFlush.Folder(folder);
        return Directory.EnumerateFiles(final).Sum(path => new FileInfo(path).Length);
    }

    /// <summary>Deletes all but the newest checkpoints, and what a killed save left behind.</summary>
    /// <param name="keep">How many stay.</param>
    public void Prune(int keep)
    {
        foreach (var step in Steps.Skip(keep))
            Directory.Delete(PathOf(step), recursive: true);
        foreach (var rest in Directory.EnumerateDirectories(folder, $"{Prefix}*{Building}"))
            Directory.Delete(rest, recursive: true);
    }

    /// <summary>Loads a checkpoint into a model and its optimizer.</summary>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    /// <param name="cell">The cell it must be of.</param>
    /// <param name="model">Receives the weights.</param>
    /// <param name="optimizer">Receives the moments.</param>
    /// <exception cref="CheckpointException">The checkpoint is damaged or of another cell.</exception>
    public CheckpointContent Load(long step, string cell, Decoder model, AdamW optimizer)
    {
        var path = PathOf(step);
        CheckpointManifest.Verify(path);
        var content =
            JsonSerializer.Deserialize<CheckpointContent>(
                File.ReadAllText(Path.Combine(path, "state.json")),
                CheckpointJson.Options
            ) ?? throw new CheckpointException($"{path} has no state.");
        if (content.Cell != cell)
            throw new CheckpointException($"{path} is of cell {content.Cell}; expected {cell}.");
        Copy(Path.Combine(path, ModelFolder.WeightsName), ModelFolder.Weights(model));
        Copy(Path.Combine(path, "optimizer.safetensors"), State(optimizer));
        LoadMasters(Path.Combine(path, "optimizer.safetensors"), optimizer);
        return content;
    }

    private static List<(string, Tensor)> State(AdamW optimizer) =>
        [
            .. optimizer.Parameters.SelectMany(parameter =>
            {
                var moments = optimizer.MomentsOf(parameter.Value);
                return new[]
                {
                    ("first." + parameter.Name, moments.First),
                    ("second." + parameter.Name, moments.Second),
                    ("step." + parameter.Name, moments.Step),
                };
            }),
        ];

    private static IEnumerable<(string, Tensor)> Masters(AdamW optimizer) =>
        optimizer.Masters.Select(master => (Master + master.Name, master.Value));

    /// <summary>Between a reset and the next update an optimizer may hold values that the live weights no longer have.</summary>
    private static void LoadMasters(string path, AdamW optimizer)
    {
        using var frozen = no_grad();
        if (optimizer.HoldsMasters)
        {
            Copy(path, [.. Masters(optimizer)]);
            return;
        }
        optimizer.ForgetMasters();
        using var reader = SafetensorsReader.Open(path);
        foreach (var parameter in optimizer.Parameters)
        {
            if (reader.Find(Master + parameter.Name) is not { } stored)
                continue;
            using var value = empty_like(parameter.Value);
            reader.CopyTo(stored, value);
            optimizer.KeepMaster(parameter.Value, value);
        }
    }

    private static void Copy(string path, List<(string Name, Tensor Value)> targets)
    {
        try
        {
            using var reader = SafetensorsReader.Open(path);
            foreach (var (name, target) in targets)
            {
                if (reader.Find(name) is not { } stored || !stored.Shape.SequenceEqual(target.shape))
                    throw new CheckpointException(
                        $"{path} has no {name} of shape [{string.Join(", ", target.shape)}]."
                    );
                reader.CopyTo(stored, target);
            }
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException($"{e.Message} Use another checkpoint.", e);
        }
    }
}
