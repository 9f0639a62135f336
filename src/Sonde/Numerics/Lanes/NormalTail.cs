namespace Sonde.Numerics.Lanes;

/// <summary>The tail of the normal distribution over lanes.</summary>
internal static class NormalTail
{
    // Above it, e^(-s^2/2) is 0 in single precision, and its square must not overflow.
    private const double Far = 40;

    // The Chebyshev coefficients in 2 t - 1 of e^(x^2) erfc(x) / t with t = 1 / (1 + Scale x), which is smooth from x = 0 to infinity. The first one left
    // out is below 1e-15. Computed from the error function's series and continued fraction with 80 digits.
    private const double Scale = 0.4;

    private static readonly double[] Coefficients =
    [
        0.5161146659429088, 0.37122506385314763, 0.0956586005009489, 0.01612784022713695,
        0.0011091421554195583, -0.00019298822980868974, -4.595131137531809e-05, 2.2072433931077184e-06,
        1.5121577703185047e-06, -4.2198640226082613e-08, -5.4812601064052106e-08, 2.6004197305574584e-09,
        2.1572869172854906e-09, -2.2115317405651587e-10, -8.33379880256628e-11, 1.7027239466878413e-11,
        2.5420271948012836e-12, -1.1332374432788066e-12, -4.0586221252490095e-15, 6.273453978522525e-14,
        -8.461665711546506e-15, -2.008178976644424e-15,
    ];

    /// <summary>Computes <c>e^(-s^2 / 2)</c>.</summary>
    public static TLanes ExpOfMinusHalfSquare<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        var near = TLanes.Min(TLanes.Abs(s), TLanes.Of(Far));
        return TLanes.Exp(TLanes.Of(-0.5) * near * near);
    }

    /// <summary>Computes <c>e^(x^2) erfc(x)</c>.</summary>
    /// <param name="x">0 or more.</param>
    public static TLanes ScaledErrorFunction<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // Clenshaw's rule.
        var t = TLanes.Of(1) / TLanes.FusedMultiplyAdd(TLanes.Of(Scale), x, TLanes.Of(1));
        var u = TLanes.FusedMultiplyAdd(TLanes.Of(2), t, TLanes.Of(-1));
        var (twice, one, two) = (u + u, TLanes.Of(0), TLanes.Of(0));
        for (var k = Coefficients.Length - 1; k > 0; k--)
            (one, two) = (TLanes.FusedMultiplyAdd(twice, one, TLanes.Of(Coefficients[k]) - two), one);
        return t * (TLanes.FusedMultiplyAdd(u, one, TLanes.Of(Coefficients[0]) - two));
    }
}
