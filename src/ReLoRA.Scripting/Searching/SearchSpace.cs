using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Language.Steps;

namespace ReLoRA.Scripting.Searching;

/// <summary>
/// What a sweep's calls leave open, as a tree: each call with several outcomes is a dimension, and those within a condition are only
/// asked for where it holds.
/// </summary>
internal sealed class SearchSpace
{
    private readonly RunConfig preset;
    private readonly IReadOnlyList<ISweepStep> steps;
    private readonly Dictionary<ISweepStep, SearchDimension> known = new(ReferenceEqualityComparer.Instance);
    private readonly List<SearchDimension> dimensions = [];

    public SearchSpace(SweepDeclaration sweep)
    {
        (preset, steps) = (sweep.Preset, sweep.Added);
        foreach (var step in steps)
            Meet(step);
    }

    /// <summary>All dimensions, in the order in which they stand in the script.</summary>
    public IReadOnlyList<SearchDimension> Dimensions => dimensions;

    /// <summary>Makes a trial's configuration.</summary>
    /// <param name="pick">Gives the value of a dimension.</param>
    /// <returns>The point; null where a condition leaves it out.</returns>
    public SearchPoint? Walk(Func<SearchDimension, double> pick)
    {
        var values = new Dictionary<string, double>();
        var knobs = new List<ChosenKnob>();
        SweepCell? cell = new SweepCell(preset, "");
        foreach (var step in steps)
        {
            cell = Choose(step, cell);
            if (cell is null)
                return null;
        }
        return new SearchPoint(cell.Config, cell.Values, values, knobs);

        SweepCell? Choose(ISweepStep step, SweepCell from)
        {
            switch (step)
            {
                case RangeStep range:
                    Know(step);
                    return range.With(from, Pick(known[step]));
                case WhenStep branch:
                    return branch.Holds(from) ? Through(branch.Then, from) : from;
                case StarStep star:
                    var arm = (int)Pick(known[step]);
                    return arm == 0 ? from : Choose(star.Arms[arm - 1], from);
                default:
                    Know(step);
                    var outcomes = step.Apply(from).ToList();
                    if (outcomes.Count < 2)
                        return outcomes.FirstOrDefault();
                    var option = (int)Pick(known[step]);
                    if (step is ListStep)
                        knobs.Add(new ChosenKnob("List", "", $"{option + 1}"));
                    return outcomes[option];
            }
        }

        SweepCell? Through(IReadOnlyList<ISweepStep> inner, SweepCell from)
        {
            SweepCell? made = from;
            foreach (var step in inner)
            {
                made = Choose(step, made);
                if (made is null)
                    return null;
            }
            return made;
        }

        double Pick(SearchDimension dimension) => values[dimension.Name] = pick(dimension);

        void Know(ISweepStep step)
        {
            if (step is not DeriveStep)
                knobs.AddRange(
                    step.Axes.Select(axis => new ChosenKnob(
                        axis.Path[(axis.Path.LastIndexOf('.') + 1)..],
                        axis.Path,
                        ""
                    ))
                );
        }
    }

    private void Meet(ISweepStep step)
    {
        switch (step)
        {
            case WhenStep branch:
                foreach (var inner in branch.Then)
                    Meet(inner);
                break;
            case StarStep star:
                Add(step, name => new ChoiceDimension(name, star.Arms.Count + 1), "Star");
                foreach (var arm in star.Arms)
                    Meet(arm);
                break;
            case RangeStep range:
                Add(step, name => range.Range with { Name = name }, range.Axis.Path);
                break;
            case GridStep grid when grid.Axis.Values.Count > 1:
                Add(step, name => new ChoiceDimension(name, grid.Axis.Values.Count), grid.Axis.Path);
                break;
            case ZipStep zip when zip.Knobs[0].Values.Count > 1:
                var names = string.Join('+', zip.Knobs.Select(knob => knob.Path));
                Add(step, name => new ChoiceDimension(name, zip.Knobs[0].Values.Count), names);
                break;
            case ListStep list when list.Changes.Count > 1:
                Add(step, name => new ChoiceDimension(name, list.Changes.Count), "List");
                break;
        }
    }

    private void Add(ISweepStep step, Func<string, SearchDimension> make, string name)
    {
        // Branches of different conditions may set one knob each.
        var same = dimensions.Count(other =>
            other.Name == name || other.Name.StartsWith(name + " (", StringComparison.Ordinal)
        );
        known[step] = make(same == 0 ? name : FormattableString.Invariant($"{name} ({same + 1})"));
        dimensions.Add(known[step]);
    }
}
