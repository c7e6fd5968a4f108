using ReLoRA.Core.Dynamics.Published;

namespace ReLoRA.Core.Tests.Dynamics.Published;

public sealed class PublishedNameTests
{
    [Theory]
    [InlineData("_forward_module.module.layers.3.attention.v_proj", "layers.3.attention.v_proj", LinearPart.Linear)]
    [InlineData("_forward_module.layers.3.attention.v_proj", "layers.3.attention.v_proj", LinearPart.Linear)]
    [InlineData("layers.11.swiglu.w_2", "layers.11.swiglu.w_2", LinearPart.Linear)]
    [InlineData("pico_decoder.layers.0.attention.o_proj.weight", "layers.0.attention.o_proj", LinearPart.Linear)]
    [InlineData("module.pico_decoder.layers.0.attention.o_proj.A_lora", "layers.0.attention.o_proj", LinearPart.A)]
    [InlineData("layers.0.attention.o_proj.B_lora.weight", "layers.0.attention.o_proj", LinearPart.B)]
    [InlineData("layers.0.A_lora_like", "layers.0.A_lora_like", LinearPart.Linear)]
    [InlineData("weight", "weight", LinearPart.Linear)]
    [InlineData("", "", LinearPart.Linear)]
    public void A_published_name_is_a_linear_and_a_part_of_it(string name, string linear, LinearPart part) =>
        Assert.Equal(new PublishedName(linear, part), PublishedName.Of(name));
}
