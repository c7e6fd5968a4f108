using System.CommandLine;
using System.Text.Json;
using ReLoRA.Cli.Doctor;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(
            "doctor",
            "Reports what the lab finds on this machine, and what to do about each fault."
        )
        {
            json,
        };
        command.SetAction(parsed => Show(Examination.Run(), parsed.GetValue(json)));
        return command;
    }

    private static int Show(IReadOnlyList<Finding> findings, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(findings, JsonSerializerOptions.Web));
        else
            foreach (var finding in findings)
                Print(finding);
        return findings.All(finding => finding.IsSound) ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static void Print(Finding finding)
    {
        Console.WriteLine($"{(finding.IsSound ? "ok   " : "FAULT")} {finding.Name, -12} {finding.Found}");
        if (finding.Remedy.Length > 0)
            Console.WriteLine($"{"", 18} {finding.Remedy}");
    }
}
