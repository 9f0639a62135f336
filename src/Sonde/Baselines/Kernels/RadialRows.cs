using Sonde.Numerics.Memory;

namespace Sonde.Baselines.Kernels;

/// <summary>Rows of the radial kernel's matrix: <c>K[b, k] = exp(-gamma |q_b - x_k|^2)</c>, with <c>|q - x|^2 = |q|^2 + |x|^2 - 2 q x</c>.</summary>
/// <remarks>An entry depends on its two vectors alone, never on what is computed beside it, and is the same bits with the two exchanged; of equal vectors it
/// is 1.</remarks>
internal abstract class RadialRows
{
    /// <summary>The most rows computed at once; they share each reading of the examples.</summary>
    public const int MostQueries = 10;

    /// <summary>Columns that are computed together.</summary>
    public const int ColumnBlock = 16;

    /// <summary>Reserves room for examples as <see cref="Compute"/> needs it: whole blocks of rows, the last ones 0.</summary>
    public static PaddedMatrix Examples(int count, int inputs) => new((count + ColumnBlock - 1) / ColumnBlock * ColumnBlock, inputs, ColumnBlock);

    /// <summary><c>|x_k|^2</c>, summed as inner products are: so the distance of equal vectors is exactly 0.</summary>
    /// <param name="examples">[norms.Length, inputs].</param>
    /// <param name="norms">Every element is overwritten.</param>
    public abstract void SquaredNorms(PaddedMatrix examples, Span<float> norms);

    /// <summary>A part of some rows of K.</summary>
    /// <param name="queries">[slots.Length, inputs], at most <see cref="MostQueries"/>.</param>
    /// <param name="queryNorms">Their squared norms.</param>
    /// <param name="examples">[examples, inputs], of <see cref="Examples"/>.</param>
    /// <param name="norms">Their squared norms, one for each row of it.</param>
    /// <param name="gamma">One over the squared width of the kernel.</param>
    /// <param name="from">First column, a multiple of <see cref="ColumnBlock"/>.</param>
    /// <param name="to">End, a multiple of it.</param>
    /// <param name="slots">For each query the row of the result that it fills.</param>
    /// <param name="rows">[.., examples], columns from..to of these rows are overwritten.</param>
    public abstract void Compute(
        PaddedMatrix queries, ReadOnlySpan<float> queryNorms, PaddedMatrix examples, ReadOnlySpan<float> norms, float gamma, int from, int to,
        ReadOnlySpan<int> slots, PaddedMatrix rows);
}

/// <summary>The plain form, to be checked by hand.</summary>
internal sealed class PlainRadialRows : RadialRows
{
    /// <inheritdoc/>
    public override void SquaredNorms(PaddedMatrix examples, Span<float> norms)
    {
        for (var k = 0; k < norms.Length; k++)
            norms[k] = (float)Product(examples.Row(k), examples.Row(k));
    }

    /// <inheritdoc/>
    public override void Compute(
        PaddedMatrix queries, ReadOnlySpan<float> queryNorms, PaddedMatrix examples, ReadOnlySpan<float> norms, float gamma, int from, int to,
        ReadOnlySpan<int> slots, PaddedMatrix rows)
    {
        for (var b = 0; b < slots.Length; b++)
            for (var k = from; k < Math.Min(to, rows.Columns); k++)
            {
                ReadOnlySpan<float> query = queries.Row(b), example = examples.Row(k);
                double distance = 0;
                for (var i = 0; i < query.Length; i++)
                    distance += ((double)query[i] - example[i]) * ((double)query[i] - example[i]);
                rows.Row(slots[b])[k] = (float)Math.Exp(-gamma * distance);
            }
    }

    private static double Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += (double)left[i] * right[i];
        return sum;
    }
}
