using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.Distributed;

/// <summary>
/// One reduction a step: the gradients of what trains, and behind them what <see cref="StepTail"/> says. Each process's gradients are those of its rows' part of the
/// global mean, so that their sum is the batch's gradient, and nothing is divided after.
/// </summary>
public sealed class GradientExchange
{
    private readonly ICollective collective;
    private readonly AdamW optimizer;
    private readonly int batchSize;
    private readonly TimeProvider clock;

    internal GradientExchange(ICollective collective, AdamW optimizer, int batchSize, TimeProvider clock) =>
        (this.collective, this.optimizer, this.batchSize, this.clock) = (collective, optimizer, batchSize, clock);

    /// <summary>What the last exchange took.</summary>
    public ExchangeTime Took { get; private set; }

    /// <summary>Makes gradients and loss those of the whole batch.</summary>
    /// <param name="loss">This process's part of the batch's mean loss; becomes the batch's.</param>
    /// <param name="rows">Rows that it is of.</param>
    /// <param name="own">What this process asks for.</param>
    /// <returns>What any process asks for, the same in all of them.</returns>
    public StepWish Sum(Tensor loss, int rows, StepWish own)
    {
        var all = Reduce(new StepTail(rows, loss.item<double>(), own));
        if (!all.Wish.Leaves && all.Rows != batchSize)
            throw new InvalidOperationException(
                FormattableString.Invariant(
                    $"The processes' parts of the batch have {all.Rows} rows together, and the batch has {batchSize}: they do not train the same run."
                )
            );
        using var frozen = no_grad();
        using var whole = tensor(all.Loss, dtype: float64, device: loss.device);
        loss.copy_(whole);
        return all.Wish;
    }

    /// <summary>Takes part in a step's reduction without a batch, so that the others do not take the step either.</summary>
    public void Leave() => Reduce(new StepTail(0, 0, new StepWish(Leaves: true, IsOutOfTime: false)));

    private StepTail Reduce(StepTail own)
    {
        var flat =
            optimizer.Flat ?? throw new InvalidOperationException("The optimizer's gradients do not lie in one piece.");
        using var frozen = no_grad();
        flat.Gather();
        using (var numbers = tensor(own.ToNumbers(), flat.Tail.dtype, flat.Tail.device))
            flat.Tail.copy_(numbers);
        var begun = clock.GetTimestamp();
        collective.Barrier();
        var together = clock.GetTimestamp();
        collective.AllReduceSum(flat.Whole);
        Took = new ExchangeTime(
            clock.GetElapsedTime(begun, together).TotalSeconds,
            clock.GetElapsedTime(together).TotalSeconds
        );
        flat.Scatter();
        using var scope = NewDisposeScope();
        return StepTail.Of(flat.Tail.to(float32).cpu().data<float>().ToArray());
    }
}
