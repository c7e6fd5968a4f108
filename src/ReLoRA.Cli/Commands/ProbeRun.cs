using System.Globalization;
using ReLoRA.Core.Dynamics.Stored;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Cli.Commands;

/// <summary>Measures checkpoints one after another and prints what it found.</summary>
internal static class ProbeRun
{
    public static int Run(ProbeRequest request, TextWriter output, CancellationToken cancellation)
    {
        var folders = request
            .Folders.SelectMany(folder => ProbedFolders.Find(folder, request.Options.Published))
            .DistinctBy(folder => Path.GetFullPath(folder.Path))
            .ToList();
        ThreadWaiting.Yield();
        set_num_threads(request.Threads);
        var result = Measure(request, folders, cancellation);
        output.Write(
            request.Form switch
            {
                ProbeForm.Json => ProbeJson.Of(result),
                ProbeForm.Csv => ProbeCsv.Of(result),
                _ => ProbeTable.Of(result),
            }
        );
        if (result.IsComplete)
            return ExitCodes.Success;
        Console.Error.WriteLine($"Stopped within checkpoint {result.Checkpoints.Count} of {folders.Count}.");
        return ExitCodes.Interrupted;
    }

    private static ProbeResult Measure(ProbeRequest request, List<ProbedFolder> folders, CancellationToken cancellation)
    {
        var checkpoints = new List<(ProbedFolder, IReadOnlyList<FolderFigure>)>();
        try
        {
            Measure(request, folders, checkpoints, cancellation);
            return new ProbeResult(request.Options.Reference, checkpoints, IsComplete: true);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ProbeResult(request.Options.Reference, checkpoints, IsComplete: false);
        }
    }

    private static void Measure(
        ProbeRequest request,
        List<ProbedFolder> folders,
        List<(ProbedFolder, IReadOnlyList<FolderFigure>)> checkpoints,
        CancellationToken cancellation
    )
    {
        using var probe = new FolderProbe(request.Options, folders, cancellation);
        using var line = ProgressLine.OnStandardError();
        var done = 0;
        foreach (var folder in folders)
        {
            cancellation.ThrowIfCancellationRequested();
            var figures = new List<FolderFigure>();
            checkpoints.Add((folder, figures));
            foreach (var found in probe.Measure(folder))
            {
                figures.AddRange(found);
                done++;
                line.Show(_ =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"probe: checkpoint {checkpoints.Count} of {folders.Count}, {done} of {folders.Count * probe.Questions} measurements"
                    )
                );
            }
        }
    }
}
