using ReLoRA.Data.Hub;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Hub;

public sealed class HubSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_variables_it_is_the_public_hub_and_the_home_folder()
    {
        var settings = Of(("HOME", folder.Path));

        Assert.Equal("https://huggingface.co", settings.Endpoint);
        Assert.Equal(folder.File(".cache", "huggingface", "hub"), settings.Cache);
        Assert.Null(settings.Token);
        Assert.False(settings.IsOffline);
    }

    [Fact]
    public void Folders_are_those_of_the_Python_library()
    {
        Assert.Equal("/x/huggingface/hub", Of(("XDG_CACHE_HOME", "/x")).Cache);
        Assert.Equal("/h/hub", Of(("XDG_CACHE_HOME", "/x"), ("HF_HOME", "/h")).Cache);
        Assert.Equal("/c", Of(("HF_HOME", "/h"), ("HF_HUB_CACHE", "/c")).Cache);
        Assert.Equal("/me/c", Of(("HOME", "/me"), ("HF_HUB_CACHE", "~/c")).Cache);
    }

    [Fact]
    public void The_token_is_that_of_the_variable_then_of_its_file()
    {
        File.WriteAllText(folder.File("token"), "of-home\n");
        File.WriteAllText(folder.File("other"), "of-path\n");

        Assert.Equal("of-home", Of(("HF_HOME", folder.Path)).Token);
        Assert.Equal("of-path", Of(("HF_HOME", folder.Path), ("HF_TOKEN_PATH", folder.File("other"))).Token);
        Assert.Equal("mine", Of(("HF_HOME", folder.Path), ("HF_TOKEN", " mine ")).Token);
    }

    [Fact]
    public void No_text_that_is_made_of_settings_holds_the_token()
    {
        Assert.DoesNotContain(
            "secret",
            Of(("HOME", "/me"), ("HF_TOKEN", "secret")).ToString(),
            StringComparison.Ordinal
        );
        var fault = Assert.Throws<DataException>(() => Of(("HOME", "/me"), ("HF_TOKEN", "sec\nret")));
        Assert.DoesNotContain("ret", fault.Message[9..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub.example")]
    [InlineData("ftp://hub.example")]
    [InlineData("https://me:password@hub.example")]
    [InlineData("https://hub.example/?key=password")]
    public void An_endpoint_that_is_none_is_refused_and_not_shown(string endpoint)
    {
        var fault = Assert.Throws<DataException>(() => Of(("HOME", "/me"), ("HF_ENDPOINT", endpoint)));
        Assert.Equal(DataFault.InvalidValue, fault.Fault);
        Assert.DoesNotContain("password@", fault.Message, StringComparison.Ordinal);
    }

    private static HubSettings Of(params (string Name, string Value)[] variables) =>
        HubSettings.FromEnvironment(name => variables.FirstOrDefault(one => one.Name == name).Value);
}
