using System.Globalization;
using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class EvalCompareSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pairs_are_compared_overall_and_by_phenomenon_whatever_their_order()
    {
        Pairs("a.csv", "p1,t1,0,true", "p1,t1,1,true", "p2,s-selection,0,false", "p2,s-selection,1,true");
        Pairs("b.csv", "p2,s-selection,1,false", "p2,s-selection,0,false", "p1,t1,1,false", "p1,t1,0,false");

        using var json = Json("a.csv", "b.csv");

        Assert.Equal(0.75, json.RootElement.GetProperty("first").GetDouble());
        Assert.Equal(0, json.RootElement.GetProperty("second").GetDouble());
        var phenomena = json.RootElement.GetProperty("phenomena").EnumerateArray().ToList();
        Assert.Equal(["argument_structure", "t1"], phenomena.Select(one => one.GetProperty("name").GetString()));
        // McNemar: 2 / 2^1 and 2 / 2^2; Holm takes the smaller twice.
        Assert.Equal([1, 0.5], phenomena.Select(one => Math.Round(one.GetProperty("p").GetDouble(), 12)));
        Assert.Equal([1, 1], phenomena.Select(one => Math.Round(one.GetProperty("adjusted").GetDouble(), 12)));
    }

    [Fact]
    public void One_run_a_side_is_said_not_to_tell_the_variance_of_runs()
    {
        Pairs("a.csv", "p,t,0,true");
        Pairs("b.csv", "p,t,0,false");

        var result = ReloraInProcess.Run(folder, "eval", "compare", "a.csv", "b.csv");

        result.ShouldSucceed();
        Assert.Contains("nothing of how another seed would", result.Output, StringComparison.Ordinal);
        Assert.Contains("hierarchical bootstrap", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_are_several_seeds()
    {
        foreach (var seed in new[] { "1", "2" })
        {
            Pairs(Path.Combine("a", $"{seed}.csv"), "p,t,0,true", $"p,t,1,{(seed == "1" ? "true" : "false")}");
            Pairs(Path.Combine("b", $"{seed}.csv"), "p,t,0,false", "p,t,1,false");
        }

        using var json = Json("a", "b");

        Assert.Equal(2, json.RootElement.GetProperty("seeds").GetInt32());
        Assert.Equal(0.75, json.RootElement.GetProperty("first").GetDouble());
        ReloraInProcess
            .Run(folder, "eval", "compare", "a", "b/1.csv")
            .ShouldBeFault("a has 2 file(s)", "b/1.csv has 1");
    }

    [Fact]
    public void Perplexities_are_compared_by_domain_without_chunks()
    {
        Documents(
            "a.csv",
            "window,s,s/x,d:1,0,2,3,-3.0,9",
            "window,s,s/x,d:1,1,2,1,-1.0,9",
            "window,s,s/y,d:2,0,1,4,-8.0,9",
            "chunk,s,,0,0,1,9,-99.0,-1"
        );
        Documents("b.csv", "window,s,s/y,d:2,0,1,4,-4.0,9", "window,s,s/x,d:1,0,1,4,-4.0,9");

        using var json = Json("a.csv", "b.csv");

        Assert.Equal("token", json.RootElement.GetProperty("unit").GetString());
        var groups = json.RootElement.GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal(
            ["overall", "source", "domain", "domain"],
            groups.Select(one => one.GetProperty("group").GetString())
        );
        double[] expected = [Math.Exp(0.5), Math.Exp(0.5), 1, Math.E];
        Assert.All(
            expected.Zip(groups, (wanted, one) => one.GetProperty("ratio").GetDouble() / wanted),
            quotient => Assert.Equal(1, quotient, 1e-12)
        );
        // One document says nothing of others.
        Assert.Equal(JsonValueKind.Array, groups[0].GetProperty("interval").ValueKind);
        Assert.Equal(JsonValueKind.Null, groups[2].GetProperty("interval").ValueKind);
    }

    [Fact]
    public void Models_with_other_tokens_are_compared_by_the_byte()
    {
        Documents("a.csv", "window,s,s/x,d:1,0,1,2,-9.0,9");
        Documents("b.csv", "window,s,s/x,d:1,0,1,3,-18.0,9");

        using var json = Json("a.csv", "b.csv");

        Assert.Equal("byte", json.RootElement.GetProperty("unit").GetString());
        var ratio = json.RootElement.GetProperty("groups")[0].GetProperty("ratio").GetDouble();
        Assert.Equal(Math.Exp(-1), ratio, 1e-12);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Pairs("a.csv", "p,t,0,true", "p,t,1,true");
        Pairs("b.csv", "p,t,0,true");
        Documents("part.csv", "window,s,s/x,d:1,0,2,3,-3.0,9");
        File.WriteAllText(folder.File("other.csv"), "item,word\n1,a\n");
        Directory.CreateDirectory(folder.File("none"));

        Compare("a.csv", "b.csv").ShouldBeFault("a.csv has 1 item(s) that b.csv has not", "p 1");
        Compare("b.csv", "a.csv").ShouldBeFault("a.csv has 1 item(s) that b.csv has not");
        Compare("part.csv", "part.csv").ShouldBeFault("no document that is scored as a whole");
        Compare("other.csv", "a.csv").ShouldBeFault("neither a column 'right' nor");
        Compare("a.csv", "other.csv").ShouldBeFault("other.csv: column");
        Compare("none", "a.csv").ShouldBeFault("no items in this folder");
    }

    private ReloraResult Compare(string a, string b) => ReloraInProcess.Run(folder, "eval", "compare", a, b);

    private JsonDocument Json(string a, string b)
    {
        var result = ReloraInProcess.Run(folder, "eval", "compare", a, b, "--json");
        result.ShouldSucceed();
        return JsonDocument.Parse(result.Output);
    }

    private void Pairs(string file, params string[] rows) => Write(file, "paradigm,term,pair_id,right", rows);

    private void Documents(string file, params string[] rows) =>
        Write(file, "kind,source,domain,name,window,windows,tokens,log_probability_nats,document_bytes", rows);

    private void Write(string file, string header, string[] rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
        File.WriteAllText(
            folder.File(file),
            string.Create(CultureInfo.InvariantCulture, $"{header}\n{string.Join('\n', rows)}\n")
        );
    }
}
