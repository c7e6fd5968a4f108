using System.Reflection;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class WorkerExitTests
{
    [Fact]
    public void Each_code_means_one_thing() =>
        Assert.Distinct(
            typeof(WorkerExit)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (int)field.GetRawConstantValue()!)
        );
}
