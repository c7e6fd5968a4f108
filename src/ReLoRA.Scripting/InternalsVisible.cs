using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("ReLoRA.Scripting.Tests")]
