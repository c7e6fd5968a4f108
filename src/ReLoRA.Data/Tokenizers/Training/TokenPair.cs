namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>Two tokens beside each other.</summary>
internal readonly record struct TokenPair(int Left, int Right) : IComparable<TokenPair>
{
    public int CompareTo(TokenPair other)
    {
        var byLeft = Left.CompareTo(other.Left);
        return byLeft != 0 ? byLeft : Right.CompareTo(other.Right);
    }
}
