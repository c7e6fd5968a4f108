using static ReLoRA.Results.Tables.ColumnType;

namespace ReLoRA.Results.Tables;

/// <summary>Tables of evaluations: loss, minimal pairs, tasks.</summary>
internal static class EvaluationTables
{
    private static readonly Column EvalStep = Column.Of(
        "step",
        Integer,
        "updates",
        "completed; 0 is the untrained model"
    );

    private static readonly Column EvalTokens = Column.Of("tokens", Integer, "tokens", "trained on so far");

    private static readonly Column BesideReset = Column.Of(
        "moment",
        Text,
        "",
        "before_reset or after_reset; null for an evaluation at a step of its own"
    );

    private static readonly Column EvalSeconds = Column.OfMeasured("seconds", Number, "seconds", "its duration");

    private static readonly Column EvalName = Column.Of("name", Text, "", "what was evaluated, for example perplexity");

    private static readonly Column Domain = OfDomain("name", Text, "", "the domain", name: "domain");

    private static readonly Column Suite = Column.Of("name", Text, "", "the suite, by its folder's name");

    private static readonly Column Phenomenon = OfPhenomenon("name", Text, "", "the phenomenon", name: "phenomenon");

    private static readonly Column TaskName = Column.Of("name", Text, "", "the evaluator, for example blimp");

    private static readonly Column TaskData = Column.Of("data", Text, "", "the data, by its folder's or file's name");

    private static readonly Column TaskMoment = Column.Of("moment", Text, "", "step, before_reset or after_reset");

    public static LogTable Evals { get; } =
        new(
            "evals",
            "eval",
            "one evaluation of the loss",
            [
                Column.Cell,
                EvalStep,
                EvalTokens,
                EvalName,
                BesideReset,
                Column.Of("loss", Number, "nats per token", "mean over all evaluated tokens"),
                Column.Of("perplexity", Number, "", "e to the loss"),
                Column.Of(
                    "macro_loss",
                    Number,
                    "nats per token",
                    "mean of the domains' losses, each counting the same"
                ),
                Column.Of("macro_perplexity", Number, "", "e to the macro_loss"),
                EvalSeconds,
                Column.OtherOfRecord("eval"),
            ]
        );

    public static LogTable EvalDomains { get; } =
        new(
            "eval_domains",
            "eval",
            "one domain of one evaluation",
            [
                Column.Cell,
                EvalStep,
                EvalTokens,
                EvalName,
                BesideReset,
                Domain,
                OfDomain("loss", Number, "nats per token", "mean over the domain's tokens"),
                OfDomain("perplexity", Number, "", "e to the loss"),
                OfDomain("tokens", Integer, "tokens", "evaluated", name: "evaluated_tokens"),
                Column.OtherOfPart("eval"),
            ],
            RowExpansion.OfParts("domains")
        );

    public static LogTable EvalRows { get; } =
        new(
            "eval_rows",
            "eval",
            "one row of text of one domain of one evaluation",
            [
                Column.Cell,
                EvalStep,
                EvalName,
                BesideReset,
                Domain,
                Column.Index("row", "domains[].row_nats", "place in stored order; the first is 0"),
                Column.Element("nats", Number, "nats", "domains[].row_nats", "the row's loss, summed over its tokens"),
            ],
            RowExpansion.OfVectors("domains", "row_nats")
        );

    public static LogTable Pairs { get; } =
        new(
            "pairs",
            "pairs",
            "one evaluation on minimal pairs",
            [
                Column.Cell,
                EvalStep,
                EvalTokens,
                Suite,
                BesideReset,
                Column.Of(
                    "accuracy",
                    Number,
                    "share, 0 to 1",
                    "mean of the phenomena's accuracies, each counting the same"
                ),
                EvalSeconds,
                Column.OtherOfRecord("pairs"),
            ]
        );

    public static LogTable PairsPhenomena { get; } =
        new(
            "pairs_phenomena",
            "pairs",
            "one phenomenon of one evaluation on minimal pairs",
            [
                Column.Cell,
                EvalStep,
                EvalTokens,
                Suite,
                BesideReset,
                Phenomenon,
                OfPhenomenon("correct", Integer, "pairs", "whose good sentence scored strictly higher"),
                OfPhenomenon("ties", Integer, "pairs", "of equal scores; they count as wrong"),
                OfPhenomenon("pairs", Integer, "pairs", "scored"),
                OfPhenomenon("term", Text, "", "the kind of phenomenon in BLiMP's terms"),
                OfPhenomenon(
                    "right",
                    Text,
                    "bits in hexadecimal",
                    "which pairs are right; pairs_items has a row for each"
                ),
                Column.OtherOfPart("pairs"),
            ],
            RowExpansion.OfParts("phenomena")
        );

    public static LogTable PairsItems { get; } =
        new(
            "pairs_items",
            "pairs",
            "one minimal pair of one evaluation",
            [
                Column.Cell,
                EvalStep,
                Suite,
                BesideReset,
                Phenomenon,
                Column.Index("pair", "phenomena[].right", "place in the suite's order; the first is 0"),
                Column.Element(
                    "right",
                    Flag,
                    "",
                    "phenomena[].right",
                    "whether the good sentence scored strictly higher"
                ),
            ],
            RowExpansion.OfBits("phenomena", "right", "pairs")
        );

    public static LogTable Tasks { get; } =
        new(
            "tasks",
            "task",
            "one evaluation on a task",
            [
                Column.Cell,
                EvalStep,
                EvalTokens,
                TaskName,
                TaskData,
                TaskMoment,
                Column.Of("items", Integer, "items", "scored"),
                EvalSeconds,
                Column.OtherOfRecord("task"),
            ]
        );

    public static LogTable TaskFigures { get; } =
        new(
            "task_figures",
            "task",
            "one figure of one group of a task's items",
            [
                Column.Cell,
                EvalStep,
                EvalTokens,
                TaskName,
                TaskData,
                TaskMoment,
                OfFigure("group", Text, "", "the kind of group: overall, paradigm, domain ...", name: "item_group"),
                OfFigure("name", Text, "", "the group; empty for the whole", name: "group_name"),
                OfFigure("metric", Text, "", "what the figure is, for example accuracy"),
                OfFigure("value", Number, "of the metric", "the figure"),
                OfFigure("items", Integer, "items", "that it was made of"),
                OfFigure("correct", Integer, "items", "of them that are right; null where that is no question"),
                Column.OtherOfPart("task"),
            ],
            RowExpansion.OfParts("figures")
        );

    private static Column OfDomain(string key, ColumnType type, string unit, string meaning, string? name = null) =>
        Column.OfPart("domains", key, type, unit, meaning, name);

    private static Column OfPhenomenon(string key, ColumnType type, string unit, string meaning, string? name = null) =>
        Column.OfPart("phenomena", key, type, unit, meaning, name);

    private static Column OfFigure(string key, ColumnType type, string unit, string meaning, string? name = null) =>
        Column.OfPart("figures", key, type, unit, meaning, name);
}
