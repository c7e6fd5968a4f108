namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>A piece of a source's text, as the study scores it.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">Its number in the source's stream of chunks, of which not all may be taken.</param>
/// <param name="Ids">Its tokens. The first has nothing before it and is not scored.</param>
internal sealed record StudyChunk(string Source, string Name, int[] Ids);
