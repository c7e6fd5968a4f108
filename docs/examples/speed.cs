#:project ../../src/ReLoRA.Analysis/ReLoRA.Analysis.fsproj
// How much sooner does an arm come down to a loss: in tokens, in operations, in seconds?
// dotnet run docs/examples/speed.cs -- RUNS SWEEP LOSS
using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Analysis.Curves;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var frames = Frames.OfSweep(args[0], args[1]);
var level = double.Parse(args[2]);

foreach (var axis in new[] { CurveAxis.Tokens, CurveAxis.Operations, CurveAxis.Seconds })
{
    // Each point is the mean of the last ten steps.
    var curves = RunCurves.TrainingLoss(frames, axis, 10);
    foreach (var arm in curves.Arms.Where(arm => curves.Pairs(arm).Length > 0))
    {
        var found = SpeedUp.Of(curves, arm, level, 0.95);
        var interval = found.Note == "" ? $"x {found.Ratio:F2} [{found.Low:F2}, {found.High:F2}]" : found.Note;
        Console.WriteLine($"{arm} to a loss of {level} in {axis}: {interval}");
    }
}

// The area under the curve, as a mean height: what the whole way was like, and not only its end.
var overTokens = RunCurves.TrainingLoss(frames, CurveAxis.Tokens, 10);
var (first, last) = overTokens.Common;
foreach (var arm in overTokens.Arms.Where(arm => overTokens.Pairs(arm).Length > 0))
{
    var differences = overTokens.Differences(arm, curve => curve.MeanBetween(first, last, logarithmic: true));
    Console.WriteLine(
        $"{arm}: mean loss over the logarithm of tokens {differences.Average():+0.0000;-0.0000} from its baseline"
    );
}

foreach (var point in Alignment.Evenly(overTokens, 4, 0.95).Differences)
    Console.WriteLine(
        $"{point.Arm} at {point.At:F0} tokens: {point.Difference.Mean:+0.0000;-0.0000} [{point.Difference.Low:+0.0000;-0.0000}, {point.Difference.High:+0.0000;-0.0000}]"
    );
