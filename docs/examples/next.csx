// The next sweep, out of the last one: the arm with the lowest loss goes on, at half, the same and twice its learning rate.
// relora plan docs/examples/next.csx -- RUNS SWEEP
using ReLoRA.Analysis;

var frames = Frames.OfSweep(args[0], args[1]);
var losses = frames.FinalEvals();
var rate = frames.Knob("Optimizer.LearningRate");

var best = frames
    .Cells.Where(cell => losses.ContainsKey(cell.Cell))
    .GroupBy(cell => cell.Arm)
    .MinBy(arm => arm.Average(cell => losses[cell.Cell].Loss))!;
var found = rate.Number(best.First().Cell);

foreach (var problem in frames.Problems)
    Console.WriteLine($"! {problem.Text}");
Console.WriteLine($"{best.Key} is lowest of {frames.Sweep}: learning rate {found}, {best.Count()} seeds");

Sweep("next", Presets.Nano).Grid(c => c.Optimizer.LearningRate, found / 2, found, found * 2).Seeds(count: 3);
