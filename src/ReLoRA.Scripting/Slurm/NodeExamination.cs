using System.Diagnostics;
using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Lets <c>relora doctor</c> look at a node before anything trains there. In a process of its own, since tensors stay in memory.</summary>
public static class NodeExamination
{
    /// <summary>What a worker cannot do without.</summary>
    private static readonly string[] Needed = ["libtorch", "native shim", "tensors"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What the node lacks, with the remedy; empty for nothing.</summary>
    /// <param name="terms">How cells are to be trained.</param>
    public static string Run(TaskTerms terms) =>
        terms.Ranks > 1 && Launcher(terms.Ranks, Environment.GetEnvironmentVariable) is { Length: > 0 } fault
            ? fault
            : Doctor(terms.Device);

    /// <summary>What the node lacks to start several processes for a cell; empty for nothing.</summary>
    internal static string Launcher(int ranks, Func<string, string?> variable)
    {
        try
        {
            RankLauncher.Command(ranks, variable);
            return "";
        }
        catch (UserFaultException fault)
        {
            return $"{fault.Message} By --setup FILE a node can be prepared.";
        }
    }

    private static string Doctor(string device)
    {
        var program = ThisProgram.Command;
        var start = new ProcessStartInfo(program[0], [.. program.Skip(1), "doctor", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var doctor = Process.Start(start)!;
        var (output, errors) = (doctor.StandardOutput.ReadToEndAsync(), doctor.StandardError.ReadToEndAsync());
        if (!doctor.WaitForExit(Patience))
        {
            doctor.Kill(entireProcessTree: true);
            return $"relora doctor has not ended for {Patience.TotalMinutes:0} minutes. See for yourself on the node: relora doctor";
        }
        return Judge(output.Result, errors.Result, device);
    }

    /// <summary>Reads what the doctor printed.</summary>
    internal static string Judge(string output, string errors, string device)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var findings = document.RootElement.EnumerateArray().ToList();
            var faults = findings
                .Where(finding =>
                    Needed.Contains(Text(finding, "name")) && !finding.GetProperty("isSound").GetBoolean()
                )
                .Select(finding => $"{Text(finding, "name")}: {Text(finding, "found")}. {Text(finding, "remedy")}");
            var gpu = findings.FirstOrDefault(finding => Text(finding, "name") == "gpu");
            if (
                device == "cuda"
                && gpu.ValueKind == JsonValueKind.Object
                && Text(gpu, "found").StartsWith("none", StringComparison.Ordinal)
            )
                faults = faults.Append(
                    "gpu: none is seen, and GPUs were asked for. Build with -p:TorchBackend=cuda, or submit with --gpus 0."
                );
            return string.Join(' ', faults.Distinct()).Trim();
        }
        catch (JsonException)
        {
            return $"relora doctor failed: {(output + errors).Trim()}";
        }
    }

    private static string Text(JsonElement finding, string name) => finding.GetProperty(name).GetString() ?? "";
}
