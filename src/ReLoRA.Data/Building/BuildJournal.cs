using System.Text.Json;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>
/// What a build has completed, a line of JSON each, so that it can go on after it was killed. The open file is the lock of the folder.
/// A torn last line, or a shard that is not as recorded, is as if it had not been written.
/// </summary>
internal sealed class BuildJournal : IDisposable
{
    /// <summary>The file's name in the dataset's folder, while it is being built.</summary>
    public const string FileName = "build.journal";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _folder;
    private readonly FileStream _file;
    private readonly List<ShardEntry> _shards = [];
    private readonly List<SourceEntry> _sources = [];

    /// <summary>Opens the journal of a folder, or begins one.</summary>
    /// <exception cref="DataException">Another build has it open (<see cref="DataFault.Exists"/>), or it cannot be written.</exception>
    public BuildJournal(string folder)
    {
        _folder = folder;
        _file = DataFiles.Guard(
            Path,
            "build journal",
            () =>
            {
                try
                {
                    return new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                }
                catch (IOException fault) when (File.Exists(Path))
                {
                    throw new DataException(
                        DataFault.Exists,
                        $"{folder}: another build is writing to this folder. Wait for it, or give another output folder.",
                        fault
                    );
                }
            }
        );
        Read();
    }

    /// <summary>The plan that it was begun with, if it has one.</summary>
    public BuildPlan? Plan { get; private set; }

    /// <summary>Where to go on.</summary>
    public BuildState State { get; private set; } = BuildState.Start;

    /// <summary>The complete shards.</summary>
    public IReadOnlyList<ShardEntry> Shards => _shards;

    /// <summary>The input files that were read to their end.</summary>
    public IReadOnlyList<SourceEntry> Sources => _sources;

    private string Path => System.IO.Path.Combine(_folder, FileName);

    /// <summary>Forgets everything and begins with a plan.</summary>
    public void Begin(BuildPlan plan)
    {
        _shards.Clear();
        _sources.Clear();
        (Plan, State) = (plan, BuildState.Start);
        Truncate(0);
        Append(new JournalEntry { Plan = plan });
    }

    /// <summary>Records a complete shard.</summary>
    public void Add(ShardEntry shard, BuildState state)
    {
        _shards.Add(shard);
        State = state;
        Append(new JournalEntry { Shard = shard, State = state });
    }

    /// <summary>Records an input file that was read to its end.</summary>
    public void Add(SourceEntry source)
    {
        _sources.Add(source);
        Append(new JournalEntry { Source = source });
    }

    /// <summary>Removes the journal of a finished build.</summary>
    public void Delete() =>
        DataFiles.Guard(
            Path,
            "build journal",
            () =>
            {
                File.Delete(Path);
            }
        );

    public void Dispose() => _file.Dispose();

    private void Read()
    {
        var reader = new LineReader(_file, Path);
        long good = 0;
        var sources = new List<SourceEntry>();
        while (reader.TryRead(out var line) && Parse(line) is { } entry)
        {
            if (entry.Plan is { } plan)
            {
                Plan = plan;
                good = reader.Offset + line.Length;
            }
            if (entry.Source is { } source)
                sources.Add(source);
            if (entry is not { Shard: { } shard, State: { } state })
                continue;
            if (!IsSound(shard))
                break;
            // What was recorded after the last shard is read again, so it is not taken over.
            _sources.AddRange(sources[_sources.Count..]);
            _shards.Add(shard);
            State = state;
            good = reader.Offset + line.Length;
        }
        Truncate(good);
    }

    private static JournalEntry? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return line[^1] == (byte)'\n' ? JsonSerializer.Deserialize<JournalEntry>(line, Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsSound(ShardEntry shard)
    {
        var path = System.IO.Path.Combine(_folder, shard.File);
        return shard.File == BuildFolder.ShardName(_shards.Count)
            && File.Exists(path)
            && new FileInfo(path).Length == shard.Bytes
            && DataFiles.Sha256(path) == shard.Sha256;
    }

    private void Truncate(long length) =>
        Write(() =>
        {
            _file.SetLength(length);
            _file.Seek(length, SeekOrigin.Begin);
        });

    private void Append(JournalEntry entry) =>
        Write(() => _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, Options), (byte)'\n']));

    private void Write(Action write) =>
        DataFiles.Guard(
            Path,
            "build journal",
            () =>
            {
                write();
                _file.Flush(flushToDisk: true);
            }
        );
}
