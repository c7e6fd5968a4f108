using ReLoRA.Core.Evaluation.Perplexity;

namespace ReLoRA.Core.Tests.Evaluation.Perplexity;

public sealed class RowTextTests
{
    [Fact]
    public void The_token_that_ends_a_document_ends_a_word_and_the_first_token_is_not_counted() =>
        Assert.Equal(
            (4, 3),
            RowText.Of(new LetterTokenizer(), [5, 1, 2, 31, 3, 31, 31, 4], endOfText: LetterTokenizer.End)
        );

    [Fact]
    public void A_row_of_its_context_alone_has_no_text() =>
        Assert.Equal((0, 0), RowText.Of(new LetterTokenizer(), [5], endOfText: LetterTokenizer.End));
}
