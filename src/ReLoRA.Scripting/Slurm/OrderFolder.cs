using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// The orders of an array job: <c>sweeps/NAME/slurm/orders/KEY/</c>, written before the job is submitted, since a task may begin before its id is
/// known. A file holds the cells of a hundred tasks, so that neither a task reads what ten thousand others have, nor a sweep makes ten thousand files.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class OrderFolder(string path)
{
    private const int TasksPerFile = 100;

    /// <summary>Where a job looks first: it holds the key, which tells whether the node sees this very folder.</summary>
    public const string KeyName = "key";

    private const int KeyLength = 16;
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The file with the key.</summary>
    public string KeyPath => Inside(KeyName);

    /// <summary>The key of orders: equal ones that were submitted before have another.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="place">What else tells it from others, such as the folder of runs and how many jobs came before.</param>
    public static string KeyOf(IEnumerable<CellOrder> orders, string place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(place));
        foreach (var order in orders)
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"\n{order.Task} {order.Id} {order.Train}")
                )
            );
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..KeyLength];
    }

    /// <summary>Writes the orders; the key comes last.</summary>
    /// <param name="terms">What the tasks have in common.</param>
    /// <param name="orders">The cells, by task.</param>
    public void Write(TaskTerms terms, IReadOnlyList<CellOrder> orders)
    {
        foreach (var file in orders.GroupBy(order => order.Task / TasksPerFile))
            AtomicFile.Write(
                FileOf(file.Key),
                string.Concat(file.Select(order => JsonSerializer.Serialize(order, Options) + "\n"))
            );
        AtomicFile.Write(Inside("terms.json"), JsonSerializer.Serialize(terms, Options) + "\n");
        AtomicFile.Write(KeyPath, terms.Key + "\n");
    }

    /// <summary>What the tasks have in common.</summary>
    /// <exception cref="UserFaultException">It cannot be read.</exception>
    public TaskTerms Terms() =>
        Reading(() => JsonSerializer.Deserialize<TaskTerms>(File.ReadAllText(Inside("terms.json")), Options)!);

    /// <summary>The cells of a task, in the order in which it begins them.</summary>
    /// <param name="task">The task's number.</param>
    /// <exception cref="UserFaultException">They cannot be read.</exception>
    public IReadOnlyList<CellOrder> Of(int task) =>
        Reading(() =>
            File.ReadLines(FileOf(task / TasksPerFile))
                .Select(line => JsonSerializer.Deserialize<CellOrder>(line, Options)!)
                .Where(order => order.Task == task)
                .ToList()
        );

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserFaultException(
                $"{Path}: the orders of the job cannot be read: {e.Message} The folder of runs must lie where every node sees it, under the same path. Submit again: relora submit",
                e
            );
        }
    }

    private string FileOf(int number) => Inside(string.Create(CultureInfo.InvariantCulture, $"{number}.jsonl"));

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}
