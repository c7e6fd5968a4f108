using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class EvalPerplexitySpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Stories_are_likelier_to_a_model_of_stories_than_laws_are()
    {
        var model = SharedData.Require("data", "models", "stories260k");
        Write("story.txt", "Once upon a time, there was a little girl named Lily. She loved to play outside.");
        Write("law.txt", "Whereas the Parties hereto, pursuant to Article 7, stipulate the following.");

        var result = ReloraInProcess.Run(folder, "eval", "perplexity", model, "--data", "texts", "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var domains = json.RootElement.GetProperty("by_domain");
        Assert.InRange(Perplexity(domains.GetProperty("texts/story.txt")), 1, 10);
        Assert.InRange(Perplexity(domains.GetProperty("texts/law.txt")), 50, 5000);
        Assert.Equal(2, json.RootElement.GetProperty("documents_scored").GetInt64());
        Assert.Contains(
            "chunks of 512 tokens",
            json.RootElement.GetProperty("remarks").ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_models_items_compared_with_themselves_differ_in_nothing()
    {
        var model = SharedData.Require("data", "models", "stories260k");
        Write("one.txt", "Once upon a time.");
        Write("two.txt", "There was a dog.");
        ReloraInProcess
            .Run(folder, "eval", "perplexity", model, "--data", "texts", "--items", "items.csv")
            .ShouldSucceed();

        var result = ReloraInProcess.Run(folder, "eval", "compare", "items.csv", "items.csv", "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        Assert.All(
            json.RootElement.GetProperty("groups").EnumerateArray(),
            group => Assert.Equal(1, group.GetProperty("ratio").GetDouble())
        );
    }

    private static double Perplexity(JsonElement figures) => figures.GetProperty("perplexity").GetDouble();

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(folder.File("texts"));
        File.WriteAllText(folder.File("texts", name), text);
    }
}
