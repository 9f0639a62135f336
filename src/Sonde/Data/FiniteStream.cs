using Sonde.Numerics.Checks;
using Sonde.Numerics.Random;

namespace Sonde.Data;

/// <summary>A stream over examples in memory: as stored, or in a new permutation each pass, a function of (seed, pass).</summary>
public sealed class FiniteStream : ExampleStream
{
    private readonly LabelledExamples examples;
    private readonly RandomKey? key;
    private readonly bool isEndless;

    // The orders of the last even and the last odd pass, so that a batch across two passes finds both. Replaced whole: readers never wait.
    private readonly Order?[] orders = new Order?[2];

    private FiniteStream(LabelledExamples examples, RandomKey? key, bool isEndless) => (this.examples, this.key, this.isEndless) = (examples, key, isEndless);

    /// <summary>Opens the examples in their own order, once.</summary>
    public static FiniteStream InOrder(LabelledExamples examples) => new(Given.NotNull(examples, nameof(examples)), null, false);

    /// <summary>Opens the examples in one fixed permutation, once.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="key">Decides the permutation.</param>
    public static FiniteStream Shuffled(LabelledExamples examples, RandomKey key) => new(Given.NotNull(examples, nameof(examples)), key, false);

    /// <summary>Opens the examples pass after pass, each in another permutation.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="key">Decides the permutations, with the number of the pass.</param>
    public static FiniteStream Passes(LabelledExamples examples, RandomKey key) => new(Given.NotNull(examples, nameof(examples)), key, true);

    /// <summary>Opens the examples in their own order, pass after pass.</summary>
    /// <param name="examples">The examples.</param>
    public static FiniteStream PassesInOrder(LabelledExamples examples) => new(Given.NotNull(examples, nameof(examples)), null, true);

    /// <inheritdoc/>
    public override int Inputs => examples.Inputs;

    /// <inheritdoc/>
    public override long? Count => examples.Count;

    /// <inheritdoc/>
    public override void Read(long first, Span<float> inputs, Span<int> labels)
    {
        CheckShape(inputs, labels);
        Check(first, labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            var example = At(first + i);
            examples.Copy(example, inputs.Slice(i * Inputs, Inputs));
            labels[i] = examples.Label(example);
        }
    }

    /// <inheritdoc/>
    internal override bool HasRanges => true;

    /// <inheritdoc/>
    internal override int ReadRange(long example, int first, Span<float> values)
    {
        Check(example, 1);
        var at = At(example);
        examples.Copy(at, first, values);
        return examples.Label(at);
    }

    /// <inheritdoc/>
    internal override void Fetch(long example, int first, int count)
    {
        var (pass, place) = Math.DivRem(example, examples.Count);
        if (key is null)
            examples.Fetch((int)place, first, count);
        else if (Volatile.Read(ref orders[pass & 1]) is { } order && order.Pass == pass)
            examples.Fetch(order.Examples[(int)place], first, count);
    }

    private void Check(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (!isEndless && first + count > examples.Count)
            throw new ArgumentOutOfRangeException(nameof(first), first,
                $"Expected examples within 0..{examples.Count - 1}, got {first}..{first + count - 1}. "
                + "Ask for fewer; only training streams start again at their end.");
    }

    private int At(long example)
    {
        var (pass, place) = Math.DivRem(example, examples.Count);
        return key is null ? (int)place : OrderOf(pass)[(int)place];
    }

    private int[] OrderOf(long pass)
    {
        ref var kept = ref orders[pass & 1];
        var order = Volatile.Read(ref kept);
        if (order is null || order.Pass != pass)
            Volatile.Write(ref kept, order = new(pass, Permutation(key!.Value.Stream((ulong)pass), examples.Count)));
        return order.Examples;
    }

    // Fisher and Yates: every order is equally likely.
    private static int[] Permutation(RandomStream random, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (var last = count - 1; last > 0; last--)
        {
            var other = random.NextInt32(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order;
    }

    private sealed record Order(long Pass, int[] Examples);
}
