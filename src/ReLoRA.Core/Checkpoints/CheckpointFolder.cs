using System.Text;
using System.Text.Json;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Data.Shards;

namespace ReLoRA.Core.Checkpoints;

/// <summary>The files of one checkpoint. The manifest comes last, so that a folder without one is known to be a part.</summary>
internal static class CheckpointFolder
{
    public const string StateName = "state.json";

    /// <summary>Writes them into a new folder and waits until the disk has them.</summary>
    /// <returns>Bytes written.</returns>
    public static long Write(IDisk disk, string folder, CheckpointImage image)
    {
        disk.CreateFolder(folder);
        var files = new List<CheckpointFile>
        {
            Write(ModelFolder.WeightsName, stream => SafetensorsFile.Write(stream, image.Tensors.Weights)),
            Write(OptimizerState.FileName, stream => SafetensorsFile.Write(stream, image.Tensors.Optimizer)),
            WriteText(ModelFolder.ConfigName, PublishedConfig.Write(image.Config)),
            WriteText(StateName, JsonSerializer.Serialize(image.Content, CheckpointJson.Options)),
        };
        var manifest = WriteText(CheckpointManifest.FileName, CheckpointManifest.Text(files));
        disk.FlushFolder(folder);
        return files.Append(manifest).Sum(file => file.Bytes);

        CheckpointFile WriteText(string name, string text) =>
            Write(name, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

        CheckpointFile Write(string name, Action<Stream> content)
        {
            var file = disk.CreateFile(Path.Combine(folder, name));
            using var hashing = new HashingStream(file);
            content(hashing);
            disk.FlushFile(file);
            return new CheckpointFile(name, hashing.Length, hashing.Sha256());
        }
    }
}
