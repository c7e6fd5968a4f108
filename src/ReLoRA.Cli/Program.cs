Console.WriteLine(TorchSharp.torch.ones(3).sum().item<float>());
Console.WriteLine(ReLoRA.Core.Native.TorchLoader.Report);
return 0;
