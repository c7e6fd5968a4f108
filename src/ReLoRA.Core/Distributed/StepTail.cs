namespace ReLoRA.Core.Distributed;

/// <summary>
/// What crosses behind the gradients, in the same reduction: rows, loss, and what processes ask for. A loss or gradient that is no finite
/// number needs no flag: the sum is none either, in every process.
/// </summary>
internal readonly record struct StepTail(double Rows, double Loss, StepWish Wish)
{
    /// <summary>Numbers it takes.</summary>
    public const int Length = 1 + ExactParts.Count + 2;

    public float[] ToNumbers()
    {
        var numbers = new float[Length];
        numbers[0] = (float)Rows;
        ExactParts.Split(Loss, numbers.AsSpan(1));
        numbers[^2] = Wish.Leaves ? 1 : 0;
        numbers[^1] = Wish.IsOutOfTime ? 1 : 0;
        return numbers;
    }

    public static StepTail Of(ReadOnlySpan<float> numbers) =>
        new(numbers[0], ExactParts.Join(numbers[1..]), new StepWish(numbers[^2] > 0, numbers[^1] > 0));
}
