using System.Diagnostics;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>Runs the readers in other languages. Where their interpreter is not installed, the test is skipped and says what to install.</summary>
internal static class ForeignReader
{
    private const string Python = "/usr/bin/python3";
    private const string RScript = "/usr/bin/Rscript";

    public static string RSource => Repository.PathOf("tools", "r", "relora_log.R");

    public static string Script(string name) => Repository.PathOf("tests", "ReLoRA.Results.Tests", "Readers", name);

    public static void SkipWithoutPython()
    {
        if (!File.Exists(Python))
            Assert.Skip($"{Python} is not here");
        if (Start(Python, "-c", "import msgpack, pandas").Code != 0)
            Assert.Skip($"{Python} has no msgpack or no pandas: apt-get install python3-msgpack python3-pandas");
    }

    public static void SkipWithoutR()
    {
        if (!File.Exists(RScript))
            Assert.Skip($"{RScript} is not here: apt-get install --no-install-recommends r-base-core");
    }

    public static void RunPython(params string[] arguments) => Run(Python, arguments);

    public static void RunR(params string[] arguments) => Run(RScript, ["--vanilla", .. arguments]);

    private static void Run(string program, string[] arguments)
    {
        var (code, output) = Start(program, arguments);
        Assert.True(code == 0, output);
    }

    private static (int Code, string Output) Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.PathOf("tools", program == Python ? "python" : "r"),
            RedirectStandardError = true,
            Environment =
            {
                ["PYTHONDONTWRITEBYTECODE"] = "1",
                ["PYTHONPATH"] = Repository.PathOf("tools", "python"),
                ["LC_ALL"] = "C.UTF-8",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
