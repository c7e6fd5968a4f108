using ReLoRA.Data.Building;

namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>Trains a tokenizer on files and writes its <c>tokenizer.json</c>.</summary>
public static class TokenizerTraining
{
    /// <summary>Trains and writes. Equal input gives equal bytes.</summary>
    /// <param name="options">What from and how.</param>
    /// <param name="progress">Told the stage (<c>reading</c>, <c>merging</c>) and how many documents or tokens are done.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="DataException">Something of the input or output is at fault; nothing is written then.</exception>
    public static TokenizerDefinition Run(TrainingOptions options, Action<string, long>? progress = null)
    {
        if (File.Exists(options.Output) && !options.Force)
            throw new DataException(
                DataFault.Exists,
                $"{options.Output}: there is a file already. Give another output, or --force to replace it."
            );
        var words = new WordCounts(options.EndOfText);
        long documents = 0;
        foreach (var text in InputFile.Find(options.Inputs).SelectMany(Documents.Read))
        {
            words.Add(text);
            progress?.Invoke("reading", ++documents);
        }
        var definition = BpeTrainer.Train(words, options.VocabularySize, size => progress?.Invoke("merging", size));
        var content = TokenizerJsonWriter.Write(definition);
        // Read back before it is published: what we write, we can load.
        _ = TokenizerJson.Parse(content, options.Output);
        DataFiles.Publish(options.Output, content);
        return definition;
    }
}
