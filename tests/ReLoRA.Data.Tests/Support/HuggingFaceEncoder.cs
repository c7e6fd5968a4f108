using System.Diagnostics;
using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Support;

/// <summary>Hugging Face's own library, by npm: tools/tokenizer-check. Tests are skipped where npm or the package is not to be had.</summary>
internal static class HuggingFaceEncoder
{
    private static readonly string Tool = Repository.PathOf("tools", "tokenizer-check");

    /// <summary>Installs the library into a folder.</summary>
    public static void Install(TemporaryFolder folder)
    {
        foreach (var name in new[] { "package.json", "encode.js" })
            File.Copy(Path.Combine(Tool, name), folder.File(name));
        var (code, output) = Run(folder, "npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"]);
        if (code != 0)
            Assert.Skip($"npm install: {output}");
    }

    /// <summary>The ids of texts.</summary>
    public static IEnumerable<int[]> Encode(TemporaryFolder folder, string tokenizer, IEnumerable<string> texts)
    {
        var input = folder.File("texts.jsonl");
        File.WriteAllLines(input, texts.Select(text => JsonSerializer.Serialize(text)));
        var ids = folder.File("ids.jsonl");
        var (code, output) = Run(
            folder,
            "sh",
            ["-c", "node encode.js \"$1\" < texts.jsonl > ids.jsonl", "sh", tokenizer]
        );
        Assert.True(code == 0, output);
        return File.ReadLines(ids).Select(line => JsonSerializer.Deserialize<int[]>(line)!);
    }

    private static (int Code, string Output) Run(TemporaryFolder folder, string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{command} is not here");
            throw;
        }
    }
}
