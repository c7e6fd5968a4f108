using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>What a device must have for a run.</summary>
public static class DeviceRules
{
    /// <summary>Readies the device for a precision.</summary>
    /// <param name="device">The device: <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="precision">The run's precision.</param>
    /// <exception cref="UserFaultException">There is no such device, or it lacks the precision.</exception>
    public static void Require(string device, Precision precision)
    {
        if (device == "cpu")
        {
            if (precision == Precision.TensorFloat32)
                throw new UserFaultException(
                    $"Precision is {precision}; a processor has no such products. Allowed with --device cpu: "
                        + $"{string.Join(", ", Enum.GetValues<Precision>().Where(other => other != precision))}."
                );
            return;
        }
        if (!cuda.is_available())
            throw new UserFaultException(
                $"--device is {device}; this machine shows no GPU to libtorch, or libtorch is built without CUDA. Use --device cpu, or build with "
                    + "-p:TorchBackend=cuda on a machine with an NVIDIA GPU: tools/gpu."
            );
        backends.cuda.matmul.allow_tf32 = precision == Precision.TensorFloat32;
        backends.cudnn.allow_tf32 = precision == Precision.TensorFloat32;
    }
}
