namespace ReLoRA.Analysis
