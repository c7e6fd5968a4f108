using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Results.Tests.Log;

namespace ReLoRA.Results.Tests.Fixtures;

/// <summary>
/// The logs under tests/Fixtures/logs, which the tests of every language read. A folder is named after the version of the
/// format and never changed once a release has written it: old files must keep loading.
/// </summary>
internal static class LogFixtures
{
    public const string FullRank = "aaaaaaaaaaaa";
    public const string LowRank = "bbbbbbbbbbbb";
    public const string OldForms = "cccccccccccc";
    public const string FullForms = "dddddddddddd";
    private const int Steps = 70;

    /// <summary>Every file's path below the folder, and its content.</summary>
    public static IReadOnlyDictionary<string, byte[]> Write(string scratch)
    {
        var runs = new RunsFolder(Path.Combine(scratch, "runs"));
        Directory.CreateDirectory(runs.Cell(FullRank).Path);
        Directory.CreateDirectory(runs.Cell(LowRank).Path);
        LogFiles.Write(runs.Cell(FullRank).LogPath, FullRankRun());
        var whole = LogFiles.Write(runs.Cell(LowRank).LogPath, LowRankRun());
        Plan().Write(runs.Sweep("sample").PlanPath);

        var every = new RunsFolder(Path.Combine(scratch, "every-kind"));
        Directory.CreateDirectory(every.Cell(OldForms).Path);
        Directory.CreateDirectory(every.Cell(FullForms).Path);
        LogFiles.Write(every.Cell(OldForms).LogPath, EveryForm.Old(OldForms));
        LogFiles.Write(every.Cell(FullForms).LogPath, EveryForm.Full(FullForms));

        var damaged = Path.Combine(scratch, "damaged");
        Directory.CreateDirectory(damaged);
        File.WriteAllBytes(Path.Combine(damaged, "torn.msgpack"), whole[..^60]);
        File.WriteAllBytes(Path.Combine(damaged, "zeros.msgpack"), [.. whole, .. new byte[64]]);
        var flipped = (byte[])whole.Clone();
        // In the configuration's text: still good MessagePack, so that only the checksum can tell.
        flipped[flipped.AsSpan().IndexOf("Seed"u8)] ^= 1;
        File.WriteAllBytes(Path.Combine(damaged, "flipped.msgpack"), flipped);
        File.WriteAllBytes(
            Path.Combine(scratch, "later.msgpack"),
            [
                .. LogFiles.Encode(LowRankRun()[0]),
                .. LogFiles.Map(("kind", "spectrum"), ("step", 3), ("values", new[] { 2.5, 0.5 })),
                .. LogFiles.Map(
                    ("kind", "step"),
                    ("step", 1),
                    ("tokens", 100),
                    ("loss", 8.0),
                    ("learning_rate", 0.001),
                    ("gradient_norm", 1.0),
                    ("flops", 1e12)
                ),
            ]
        );
        return Directory
            .GetFiles(scratch, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(scratch, path), File.ReadAllBytes);
    }

    private static List<LogRecord> FullRankRun() =>
        [
            .. SampleRecords
                .WholeRun(Steps)
                .Where(record => record is not ResetRecord)
                .Select(record =>
                    record is RunRecord run
                        ? run with
                        {
                            Cell = FullRank,
                            Method = "FullRank",
                            Semantics = "",
                            TrainableParameters = run.Parameters,
                        }
                        : record
                ),
        ];

    private static List<LogRecord> LowRankRun() =>
        [
            .. SampleRecords
                .WholeRun(Steps)
                .SelectMany(record =>
                    record switch
                    {
                        RunRecord run => [run with { Cell = LowRank }],
                        ResetRecord reset =>
                        [
                            reset,
                            reset with
                            {
                                Step = 60,
                                Number = 2,
                                Jump = 0.25,
                                Verdict = "changed",
                            },
                        ],
                        _ => new[] { record },
                    }
                ),
        ];

    private static SweepFile Plan() =>
        new()
        {
            Name = "sample",
            Cells =
            [
                new(FullRank, "full seed 42", "full", "42", ""),
                new(LowRank, "ReLoRA seed 42", "ReLoRA", "42", FullRank),
            ],
            Provenance = new Dictionary<string, string> { ["script_name"] = "sample.csx" },
        };
}
