using System.Text;
using ReLoRA.Data.Building;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Building;

public sealed class TextCutTests
{
    [Fact]
    public void Both_parts_of_a_cut_text_have_the_ids_of_the_whole()
    {
        var composing = new ByteLevelTokenizer(SmallTokenizer.Definition with { Composes = true });
        var cuts = 0;
        var texts = DrawnTexts.Of(4000).ToList();
        for (var index = 1; index < texts.Count; index++)
        {
            var head = Encoding.UTF8.GetBytes(texts[index - 1] + (index % 3 == 0 ? "\r\n" : "\n"));
            var whole = Encoding.UTF8.GetString(head) + texts[index];
            if (TextCut.Before(head) is not (> 0 and var cut))
                continue;
            cuts++;
            var first = Encoding.UTF8.GetString(head.AsSpan(0, cut));
            Assert.Equal(
                composing.Encode(whole),
                [.. composing.Encode(first), .. composing.Encode(whole[first.Length..])]
            );
        }
        Assert.True(cuts > 2000);
    }

    [Fact]
    public void A_long_text_is_cut_into_blocks_and_keeps_its_ids()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("long.txt");
        File.WriteAllText(path, string.Join("\n", DrawnTexts.Of(2000)));
        var file = new InputFile(path, "long.txt");
        var blocks = new BlockReader(cutsText: true, skipsBadLines: false, size: 1000).Read([file]).ToList();
        Assert.True(blocks.Count > 20);
        var pieces = blocks.SelectMany(block => block.Pieces.Select(piece => PieceText.Of(block, piece))).ToList();
        Assert.Equal(File.ReadAllText(path), string.Concat(pieces));
        Assert.Equal(
            SmallTokenizer.Tokenizer.Encode(File.ReadAllText(path)),
            pieces.SelectMany(piece => SmallTokenizer.Tokenizer.Encode(piece))
        );
    }
}
