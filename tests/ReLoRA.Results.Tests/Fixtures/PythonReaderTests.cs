using System.Diagnostics;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Fixtures;

public sealed class PythonReaderTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void The_python_reader_passes_its_tests()
    {
        if (!File.Exists(Python))
            Assert.Skip($"{Python} is not here");
        if (Run("-c", "import msgpack, pandas").Code != 0)
            Assert.Skip($"{Python} has no msgpack or no pandas: apt-get install python3-msgpack python3-pandas");
        var (code, output) = Run("-m", "unittest", "test_relora_log");
        Assert.True(code == 0, output);
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            WorkingDirectory = Repository.PathOf("tools", "python"),
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
