namespace Sonde.Tests;

/// <summary>Every tolerance of these tests, each with its reason.</summary>
internal static class Tolerances
{
    /// <summary>Two double-precision computations of the same sums in another order: some hundreds of roundings of 1e-16.</summary>
    public const double DoubleRounding = 1e-12;

    /// <summary>Central differences in double precision with step 1e-5: truncation of order step squared plus rounding of order 1e-16 / step.</summary>
    public const double CentralDifference = 1e-7;

    /// <summary>Ten updates in single precision against double: a few hundred roundings of 6e-8, amplified by a learning rate of 0.5.</summary>
    public const double SingleTrace = 2e-5;

    /// <summary>How far a sampled mean may be from its true value, in standard errors: for a normal mean, one sample in two million is beyond 5.</summary>
    public const double StandardErrors = 5;

    /// <summary>Single precision against double precision over a few layers: a sum of n products errs by up to n half-ulps (6e-8 n) of its largest
    /// partial sum, and each layer passes that on. Relative to the largest value of the tensor; n up to 600 here.</summary>
    public const double SinglePrecisionNetwork = 2e-5;

    /// <summary>Half the distance of neighbouring floats, relative to the larger: what one rounding costs at most, and as much again for the sum before
    /// it.</summary>
    public const double SingleUlp = 1.2e-7;

    /// <summary>tanh of vector lanes, in units in the last place of a float. Measured over both signs of every 49,999th float: 1.11.</summary>
    public const double VectorTanhUlps = 1.25;

    /// <summary>exp of vector lanes, in units in the last place, where the result is a normal float. Measured likewise: 0.92.</summary>
    public const double VectorExpUlps = 1;

    /// <summary>The logistic function of vector lanes, in units in the last place, where the result is a normal float: an exp, and a quotient
    /// corrected for its roundings. Measured likewise: 1.12.</summary>
    public const double VectorSigmoidUlps = 1.25;

    /// <summary>Logarithm of the gamma function: Stirling's series and a product of up to twelve factors.</summary>
    public const double SpecialFunction = 1e-13;

    /// <summary>Tails of distributions: the exponential of a difference of logarithms of gammas as large as 1e5, each known to 1e-16 of itself.</summary>
    public const double TailProbability = 1e-10;

    /// <summary>A standard deviation from sums around the first value against two passes in double precision: that value may be a thousand standard deviations
    /// from the mean here, which costs a factor of its square of the double's 1e-16.</summary>
    public const double SummedSpread = 1e-9;

    /// <summary>A percentile from a sample of 65,536 against all values, in standard deviations: of normal values the 2nd and 98th have the largest standard
    /// error, sqrt(0.02 * 0.98 / 65536) / 0.048 = 0.011; neighbours in the sample share a row, so six of them.</summary>
    public const double SampledPercentile = 0.07;

    /// <summary>Singular values from two reductions in double precision, in units of the largest: each errs by some roundings of 1e-16 for each of up to 150
    /// steps.</summary>
    public const double SingularValues = 2e-14;

    /// <summary>Singular values of an orthogonal matrix whose entries were rounded to floats: the roundings are a random matrix of norm 2 sqrt(50) 3e-8 /
    /// sqrt(50) at most.</summary>
    public const double OrthogonalInSinglePrecision = 2e-7;

    /// <summary>Shares and means of the spectrum of one random matrix of 300 x 300 against those of an infinite one: its levels repel each other, so they err
    /// by about 1 / 300.</summary>
    public const double FiniteSpectrum = 0.01;

    /// <summary>The mean of a predicted spectrum, an integral over 400 angles by the midpoint rule: a quarter circle's errs by 5e-7. Its end, by bisection, by
    /// less.</summary>
    public const double SpectrumIntegral = 2e-6;

    /// <summary>The promise of the Jacobian's prediction: means within 3 % of those measured in layers of 200 units.</summary>
    public const double PredictedSpectrum = 0.03;

    /// <summary>The largest singular value of 120 to 240 columns: it varies with the width to the power -2/3.</summary>
    public const double FiniteSpectrumEnd = 0.06;

    /// <summary>Means under the normal distribution: the weight cut off beyond 8 standard deviations (1e-14 of the sixth moment) and roundings of 4,096
    /// terms.</summary>
    public const double GaussianMean = 1e-11;

    /// <summary>Likewise of two correlated numbers: a kink that falls between the coarser nodes costs the midpoint rule 1e-4 and less.</summary>
    public const double GaussianPairMean = 2e-4;

    /// <summary>The mean-field forecast against five seeds of layers of 300 units. In one layer of one network the mean square of 300 values errs by
    /// sqrt(2/300), the sd by half of that; over five layers and five seeds that makes 4 %. Without the spread of the images' brightness it would err by 10
    /// %.</summary>
    public const double MeanField = 0.07;

    /// <summary>Likewise for weight gradients, which depend also on how often two of the 300 examples that meet in a mini-batch have the same
    /// class.</summary>
    public const double MeanFieldWeightGradient = 0.1;

    /// <summary>Likewise where dCost/ds of the output follows s, as that of linear outputs does: two images that are more alike have dCost/ds that are more
    /// alike, and the forecast takes all pairs as alike on average. It was 21 % too low for relu with linear outputs.</summary>
    public const double MeanFieldWeightGradientOfOutputs = 0.25;

    /// <summary>Objective of a support vector machine, ours against libsvm's or a slow solver's: kernel values are floats (6e-8 and what inner products lose),
    /// and each side may stop
    /// with conditions of the optimum violated by 1e-6, which moves the objective by far less.</summary>
    public const double SupportVectorObjective = 1e-6;

    /// <summary>A kernel value of float vectors against double precision: exp takes over the absolute error of gamma times the squared distance, here up to
    /// 30, each from inner
    /// products of about that size in single precision.</summary>
    public const double RadialKernelValue = 2e-5;

    /// <summary>Asserts |actual - expected| &lt;= tolerance * max(|expected|, scale).</summary>
    public static void AssertClose(double expected, double actual, double tolerance, double scale = 1)
    {
        if (!(Math.Abs(actual - expected) <= tolerance * Math.Max(Math.Abs(expected), scale)))
            Assert.Fail($"Expected {expected:R} within {tolerance} (relative, at least of {scale}), got {actual:R}: off by {Math.Abs(actual - expected):E2}.");
    }
}
