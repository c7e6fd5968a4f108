using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;

namespace ReLoRA.Core.Tests.Training;

public sealed class DeviceRulesTests
{
    [Fact]
    public void A_precision_that_a_processor_lacks_is_refused_with_those_it_has() =>
        Assert.Equal(
            "Precision is TensorFloat32; a processor has no such products. Allowed with --device cpu: Float32, Float64, BFloat16Mixed, BFloat16Zero2, BFloat16Pure.",
            Assert.Throws<UserFaultException>(() => DeviceRules.Require("cpu", Precision.TensorFloat32)).Message
        );

    [Fact]
    public void A_GPU_that_is_not_there_is_one_message()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "This machine has a GPU.");
        Assert.StartsWith(
            "--device is cuda; this machine shows no GPU to libtorch",
            Assert.Throws<UserFaultException>(() => DeviceRules.Require("cuda", Precision.Float32)).Message,
            StringComparison.Ordinal
        );
    }
}
