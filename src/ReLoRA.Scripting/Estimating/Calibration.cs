using System.Diagnostics;
using System.Text.Json;
using ReLoRA.Core.Benchmarks;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Estimating;

/// <summary>
/// Times some steps of each shape in processes of their own, as many at once as cells would be trained: they have a worker's environment, share the
/// memory's bandwidth as workers would, and a crash costs an estimate and no plan.
/// </summary>
/// <param name="command">Starts a process that answers each line, a <see cref="CalibrationRequest"/>, with one, <see cref="StepTimes"/>.</param>
public sealed class Calibration(IReadOnlyList<string> command)
{
    /// <summary>Long enough for several shapes, and short enough to wait for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The processes are this same program, started with <c>calibrate</c>.</summary>
    public static Calibration OfThisProgram() => new([.. ThisProgram.Command, "calibrate"]);

    /// <summary>Times shapes until all are timed or the limit is reached.</summary>
    /// <param name="requests">What to time, most important first.</param>
    /// <param name="jobs">Processes at once.</param>
    /// <param name="limit">The time it may take.</param>
    /// <returns>The means over the processes, for as many of the first requests as all of them answered.</returns>
    public async Task<IReadOnlyList<StepTimes>> MeasureAsync(
        IReadOnlyList<CalibrationRequest> requests,
        int jobs,
        TimeSpan limit
    )
    {
        if (requests.Count == 0)
            return [];
        using var cut = new CancellationTokenSource(limit);
        var answers = await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => AskAsync(requests, cut.Token)))
            .ConfigureAwait(false);
        return
        [
            .. Enumerable
                .Range(0, answers.Min(answer => answer.Count))
                .Select(i => new StepTimes(
                    answers.Average(answer => answer[i].SecondsPerToken),
                    answers.Average(answer => answer[i].SecondsPerUpdate)
                )),
        ];
    }

    private async Task<List<StepTimes>> AskAsync(IReadOnlyList<CalibrationRequest> requests, CancellationToken cut)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        WorkerEnvironment.Apply(start.Environment, requests[0].Threads);
        using var process = Process.Start(start)!;
        // What it says of a crash is of no use to who plans; read, so that it cannot block.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var answers = new List<StepTimes>();
        try
        {
            foreach (var request in requests)
            {
                await process
                    .StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cut)
                    .ConfigureAwait(false);
                await process.StandardInput.FlushAsync(cut).ConfigureAwait(false);
                if (await process.StandardOutput.ReadLineAsync(cut).ConfigureAwait(false) is not { } line)
                    break;
                answers.Add(JsonSerializer.Deserialize<StepTimes>(line)!);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or JsonException)
        {
            // The limit, or a process that ended, with last words or without: what was answered until then counts.
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
        return answers;
    }
}
