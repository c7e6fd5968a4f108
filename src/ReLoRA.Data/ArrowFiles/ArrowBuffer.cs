namespace ReLoRA.Data.ArrowFiles;

/// <summary>A buffer of a batch.</summary>
/// <param name="At">Its place in the file, in bytes.</param>
/// <param name="Length">Its bytes there.</param>
internal readonly record struct ArrowBuffer(long At, long Length);
