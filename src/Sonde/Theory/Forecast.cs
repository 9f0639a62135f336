using System.Globalization;
using Sonde.Networks;

namespace Sonde.Theory;

/// <summary>What probes should measure before the first update, computed from the widths, the initializer, the cost and a few moments of the
/// examples.</summary>
/// <param name="Network">The network.</param>
/// <param name="Examples">The examples' moments.</param>
/// <param name="Linear">The paper's forecast for every layer, the output layer last; empty if its assumptions fail.</param>
/// <param name="MeanField">The forecast for this activation, likewise; empty if weights do not have mean 0.</param>
/// <param name="Notes">Why a forecast is missing, a sentence each.</param>
public sealed record Forecast(
    Network Network, ExampleMoments Examples, IReadOnlyList<LayerForecast> Linear, IReadOnlyList<LayerForecast> MeanField, IReadOnlyList<string> Notes)
{
    private bool LoseOnTheWayDown => MeanField[0].BackpropagatedGradientSd < MeanField[Network.Depth - 1].BackpropagatedGradientSd;

    // The depth scale is of variances.
    private const double TenthSquared = 100;

    private const double Same = 0.95;

    // What rounding leaves of ln 1.
    private const double LeastRate = 1e-9;

    /// <summary>Computes both forecasts.</summary>
    /// <param name="network">The network.</param>
    /// <param name="examples">Moments of the probe examples; <see cref="ExampleMoments.FindIn"/> finds them in a trial's rows.</param>
    /// <param name="batch">Examples of a mini-batch.</param>
    public static Forecast Of(Network network, ExampleMoments examples, int batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (Enumerable.Range(1, network.Layers).Select(network.InitializerOf).FirstOrDefault(initializer => initializer.Mean != 0) is { } shifted)
            return new(network, examples, [], [],
                [$"There is no forecast for {shifted}: theory takes weights to be independent with mean 0, and these have mean {shifted.Mean}."]);
        var obstacle = network.Activations.FirstOrDefault(activation => !PaperEquations.HoldFor(activation)) is { } bent
            ? $"There is no linear forecast for {bent}: eqs 4 to 7 of the paper need f(0) = 0 and f'(0) = 1."
            : network.HasBiases ? $"There is no linear forecast for biases that start by {FirstBiases(network)}: eqs 4 to 7 of the paper have no biases."
            : Enumerable.Range(1, network.Layers).Select(network.InitializerOf).FirstOrDefault(rule => rule.FitsExamples) is { } fitted
            ? $"There is no linear forecast for {fitted}: its weights follow from the examples."
            : null;
        return new(
            network, examples, obstacle is null ? LinearTheory.Forecast(network, examples, batch) : [], MeanFieldTheory.Forecast(network, examples, batch),
            obstacle is null ? [] : [obstacle]);
    }

    private static Initializer FirstBiases(Network network) =>
        Enumerable.Range(1, network.Layers).Select(network.BiasInitializerOf).OfType<Initializer>().First();

    /// <summary>The number of hidden layers over which the variance of dCost/ds changes by a factor e on its way down: <c>1 / |ln chi|</c>, chi being the
    /// geometric mean over the hidden layers below the top one [Schoenholz2017]. Infinite if it stays level; null with fewer than two hidden layers or
    /// without a forecast.</summary>
    public double? DepthScale
    {
        get
        {
            double[] chi = [.. MeanField.Take(Network.Depth - 1).Select(layer => layer.Chi!.Value)];
            var rate = chi.Length == 0 ? double.NaN : Math.Abs(chi.Average(Math.Log));
            return double.IsNaN(rate) ? null : rate < LeastRate ? double.PositiveInfinity : 1 / rate;
        }
    }

    /// <summary>The number of hidden layers after which a tenth of a signal's size is left, or ten times of it if it grows; infinite if it stays level, null
    /// without a depth scale.</summary>
    public double? SignalDepth => DepthScale * Math.Log(TenthSquared);

    /// <summary>The depth scale in words; null without one.</summary>
    public string? DepthSentence => DepthScale switch
    {
        null => null,
        double.PositiveInfinity => "Gradients keep their size on their way down: the depth scale is unlimited.",
        var scale => string.Create(CultureInfo.InvariantCulture,
            $"Gradients {(LoseOnTheWayDown ? "lose" : "gain")} a factor e (in variance) every {scale:0.0} layers on their way down. {Survival}"),
    };

    // Without a minus before 0.00.
    private double Rounded(int index) => Math.Round(MeanField[index].Correlation, 2) + 0.0;

    private string Survival
    {
        get
        {
            var layers = Math.Max(1, Math.Round(SignalDepth!.Value));
            var count = string.Create(CultureInfo.InvariantCulture, $"{layers:#,0} {(layers == 1 ? "layer" : "layers")}");
            return LoseOnTheWayDown ? $"A signal survives about {count}, until a tenth of its size is left; this network has {Network.Depth}."
                : $"A signal grows tenfold in about {count}; this network has {Network.Depth}.";
        }
    }

    /// <summary>Says how well the layers tell two examples apart; null without a forecast or with one hidden layer.</summary>
    public string? CorrelationSentence => MeanField.Count == 0 || Network.Depth < 2 ? null : string.Create(CultureInfo.InvariantCulture,
        $"Two examples have s with a correlation of {Rounded(0):0.00} in layer 1 and {Rounded(Network.Depth - 1):0.00} in layer "
            + $"{Network.Depth}{(MeanField[Network.Depth - 1].Correlation > Same ? ": the top layer hardly tells them apart" : "")}.");
}
