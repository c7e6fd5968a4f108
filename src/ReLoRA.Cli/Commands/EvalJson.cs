namespace ReLoRA.Cli.Commands;

/// <summary>
/// Figures as JSON: the whole under <c>overall</c>, each kind of group under <c>by_</c> and its name; a number where a group has one figure, else an
/// object of them; the intervals in the same shape under <c>intervals</c>; counts by their names.
/// </summary>
internal static class EvalJson
{
    private const string Overall = "overall";

    public static Dictionary<string, object> Of(EvalResult result)
    {
        var json = Shaped(result.Figures, one => one.Figure.Value);
        foreach (var (name, count) in result.Counts)
            json[name] = count;
        json["intervals"] = Shaped(
            result.Figures.Where(one => one.Interval is not null),
            one => new[] { one.Interval!.Value.Low, one.Interval.Value.High }
        );
        json["complete"] = result.IsComplete;
        json["remarks"] = result.Remarks;
        return json;
    }

    private static Dictionary<string, object> Shaped(IEnumerable<EvalFigure> figures, Func<EvalFigure, object> show)
    {
        var json = new Dictionary<string, object>();
        foreach (var group in figures.GroupBy(one => one.Figure.Group))
        {
            if (group.Key == Overall)
                json[Overall] = One([.. group], show);
            else
                json[$"by_{group.Key}"] = group
                    .GroupBy(one => one.Figure.Name)
                    .ToDictionary(named => named.Key, named => One([.. named], show));
        }
        return json;
    }

    private static object One(IReadOnlyList<EvalFigure> figures, Func<EvalFigure, object> show) =>
        figures.Count == 1 ? show(figures[0]) : figures.ToDictionary(one => one.Figure.Metric, show);
}
