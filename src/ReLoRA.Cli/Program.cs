using ReLoRA.Cli;

return await CommandLine.RunAsync(args);
