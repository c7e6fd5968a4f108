using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>The shards on the disk, those on their way, and what both take of the budget.</summary>
internal sealed class ShardStock(string folder, DatasetManifest manifest, IStreamSource source)
{
    private readonly Dictionary<int, long> here = Find(folder, manifest);
    private readonly Dictionary<int, Task> coming = [];

    public IReadOnlyDictionary<int, long> Here => here;

    public IReadOnlyCollection<Task> Coming => coming.Values;

    /// <summary>Bytes that all take, those on their way by their estimate.</summary>
    public long Bytes => here.Values.Sum() + coming.Keys.Sum(index => source.BytesComing(manifest, index));

    /// <summary>Bytes that a shard takes, or would take.</summary>
    public long Cost(int index) => here.GetValueOrDefault(index, source.BytesComing(manifest, index));

    public bool Has(int index) => here.ContainsKey(index) || coming.ContainsKey(index);

    public void Begin(int index, Task task) => coming.Add(index, task);

    /// <summary>Takes in what has come.</summary>
    /// <exception cref="DataException">What went wrong with one of them.</exception>
    public void TakeIn()
    {
        foreach (var (index, task) in coming.Where(pair => pair.Value.IsCompleted).ToList())
        {
            coming.Remove(index);
            task.GetAwaiter().GetResult();
            here[index] = SizeOf(index);
        }
    }

    public void Evict(int index)
    {
        DataFiles.Guard(
            PathOf(index),
            "shard",
            () =>
            {
                File.Delete(PathOf(index));
            }
        );
        here.Remove(index);
    }

    private string PathOf(int index) => Path.Combine(folder, manifest.Shards[index].File);

    private long SizeOf(int index) => DataFiles.Guard(PathOf(index), "shard", () => new FileInfo(PathOf(index)).Length);

    private static Dictionary<int, long> Find(string folder, DatasetManifest manifest) =>
        manifest
            .Shards.Index()
            .Select(shard => (shard.Index, File: new FileInfo(Path.Combine(folder, shard.Item.File))))
            .Where(shard => shard.File.Exists)
            .ToDictionary(shard => shard.Index, shard => shard.File.Length);
}
