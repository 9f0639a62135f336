using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Tests;

/// <summary>Trials with the shape of the paper's: a collapsing sigmoid, a vanishing tanh, a learning normalized tanh, a softsign. Numbers are formulas, not
/// runs.</summary>
internal static class SyntheticTrials
{
    public const long Updates = 4000, Every = 200;

    public static IReadOnlyList<RecordedTrial> FirstLook { get; } =
    [
        Make("sigmoid-4", "sigmoid", "standard", 4, 0.1, errorEnd: 83.4, backFactor: 0.16, activationFactor: 0.5, saturating: 0),
        Make("tanh", "tanh", "standard", 5, 0.01, errorEnd: 83.3, backFactor: 0.55, activationFactor: 0.57, saturating: 0.03),
        Make("tanh-normalized", "tanh", "normalized", 5, 0.01, errorEnd: 57, backFactor: 0.93, activationFactor: 0.9, saturating: 0.35),
        Make("softsign", "softsign", "standard", 5, 0.01, errorEnd: 71, backFactor: 0.5, activationFactor: 0.55, saturating: 0.02),
    ];

    public static TrialManifest Manifest(string id, string activation, string init, string hidden, double learningRate = 0.01) => new()
    {
        Id = id, Study = "first-look", Seed = 1, Status = "done", Updates = Updates,
        Setting = new Dictionary<string, string>
        {
            ["data.name"] = "shapeset", ["network.hidden"] = hidden, ["network.activation"] = activation, ["network.init"] = init, ["network.cost"] = "nll",
            ["training.batch"] = "10", ["training.learningRate"] = learningRate.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
        Versions = new Dictionary<string, string> { ["sonde"] = "0.1.0" }, Machine = new Dictionary<string, string> { ["cores"] = "2" },
    };

    public static RecordedTrial Empty(string activation = "tanh") => new(Manifest("empty", activation, "standard", "1000x5"), [], [], []);

    /// <summary>The third trial of <see cref="FirstLook"/>, its five layers pre-trained for 400 updates each before it.</summary>
    public static RecordedTrial Pretrained { get; } = Pretrain(FirstLook[2], 400);

    public static RecordedTrial PretrainedWithVanishingGradients { get; } = Pretrain(FirstLook[1], 400);

    /// <summary>The rows of inputs of sd 0.5, every input centred.</summary>
    public static IEnumerable<LayerStatistics> OfInput(int inputs, int examples, int classes)
    {
        LayerStatistics Of(string quantity, long count, double mean, double sd) =>
            new(0, InputProbe.Layer, quantity, count, mean, sd, mean, mean, mean, mean, mean, mean, mean, null, null, 0);
        return
        [
            Of(Quantity.Input, inputs * (long)examples, 0, 0.5), Of(Quantity.InputSquare, examples, 0.25, 0),
            Of(Quantity.MeanInput, inputs, 0, 0.5 / Math.Sqrt(examples)), Of(Quantity.ClassShare, classes, 1.0 / classes, 0),
        ];
    }

    public static RecordedTrial Make(
        string id, string activation, string init, int depth, double learningRate, double errorEnd, double backFactor, double activationFactor,
            double saturating)
    {
        var manifest = Manifest(id, activation, init, $"1000x{depth}", learningRate) with { Result = new(27.4, errorEnd + 0.2, 2.0, errorEnd, 2.0) };
        var curve = new List<CurvePoint>();
        for (long update = 0; update <= Updates; update += 500)
        {
            var error = errorEnd + (88.9 - errorEnd) * Math.Exp(-update / 900.0) + 0.3 * Math.Sin(update / 170.0);
            foreach (var split in new[] { "train", "validation", "test" })
                if (split != "train" || update > 0)
                    curve.Add(new(update, split, error / 40, error + (split == "train" ? -0.8 * Math.Sin(update) : 0)));
        }
        var (layers, histograms) = (new List<LayerStatistics>(), new List<LayerHistogram>());
        var known = ActivationList.Find(activation)!;
        double low = known.Lower ?? -3, high = known.Upper ?? 3;
        for (long update = 0; update <= Updates; update += Every)
            for (var layer = 1; layer <= depth + 1; layer++)
            {
                var time = update / (double)Updates;
                var (mean, sd) = Activations(activation, layer, depth, time, activationFactor);
                var share = Math.Min(1, saturating * time * Math.Pow(0.6, layer - 1) * 2);
                layers.Add(Row(update, layer, Quantity.Activation, mean, sd, low, high, layer > depth ? null : share));
                var back = 0.02 * Math.Pow(backFactor + (0.98 - backFactor) * 0.6 * time, depth - layer) * (1 + 0.5 * Math.Sin(layer + 5 * time));
                var weight = 0.002 * Math.Pow(1 + (activationFactor < 0.8 ? 0.8 * time : 0.05 * time), depth - layer) * (1 + 0.2 * Math.Cos(layer + 9 * time));
                layers.Add(Row(update, layer, Quantity.BackpropagatedGradient, 0, back, double.NegativeInfinity, double.PositiveInfinity, null));
                layers.Add(Row(update, layer, Quantity.WeightGradient, 0, weight, double.NegativeInfinity, double.PositiveInfinity, null));
                if (update is not (0 or Updates))
                    continue;
                histograms.Add(Bell(update, layer, Quantity.Activation, mean, sd, low, high, 100));
                histograms.Add(Tent(update, layer, Quantity.BackpropagatedGradient, back));
                histograms.Add(Tent(update, layer, Quantity.WeightGradient, weight));
            }
        return new(manifest, curve, layers, histograms)
        {
            Spectra = [.. ((long[])[0, Updates]).SelectMany(update => Enumerable.Range(1, depth).Select(layer => Spectrum(update, layer)))],
        };
    }

    private static RecordedTrial Pretrain(RecordedTrial bare, long updates)
    {
        const int depth = 5;
        const long begin = -depth * 400;
        var (curve, images) = (new List<CurvePoint>(), new List<LayerImage>());
        for (var layer = 1; layer <= depth; layer++)
        {
            var start = begin + (layer - 1) * updates;
            for (var done = 0L; done <= updates; done += Every)
            {
                if (done > 0)
                    curve.Add(new(start + done, $"pretrain-{layer}", 300 / layer + 200 * Math.Exp(-done / 150.0), double.NaN));
                curve.Add(new(start + done, $"pretrain-{layer}-validation", 310 / layer + 200 * Math.Exp(-done / 150.0), double.NaN));
            }
            string[] quantities = layer > 1 ? [ImageQuantity.Reconstruction]
                : [ImageQuantity.Clean, ImageQuantity.Corrupted, ImageQuantity.Denoised, ImageQuantity.Reconstruction, ImageQuantity.Filter];
            images.AddRange(quantities.SelectMany(quantity => Enumerable.Range(0, 3).Select(index => new LayerImage(start + updates, layer, quantity, index,
                new(1, 2, 2), [-1, 0.5 * index, 1.0 / layer, quantity == ImageQuantity.Clean ? 1 : 0.2]))));
        }
        var setting = new Dictionary<string, string>(bare.Manifest.Setting)
        {
            ["pretraining.method"] = "denoising-autoencoder",
            ["pretraining.updates"] = $"{updates}",
        };
        List<long> before = [.. Enumerable.Range(0, (int)(-begin / Every)).Select(k => begin + k * Every)];
        return bare with
        {
            Manifest = bare.Manifest with { Id = "pre-trained", Setting = setting },
            Curve = [.. curve, .. bare.Curve],
            Layers = [.. before.SelectMany(update => bare.Layers.Where(row => row.Update == 0).Select(row => row with { Update = update })), .. bare.Layers],
            Histograms = [.. bare.Histograms.Where(row => row.Update == 0).Select(row => row with { Update = begin }), .. bare.Histograms],
            Spectra = [.. bare.Spectra.Where(row => row.Update == 0).Select(row => row with { Update = begin }), .. bare.Spectra],
            Images = images,
        };
    }

    private static LayerSpectrum Spectrum(long update, int layer) =>
        new(update, layer, Quantity.Jacobian, [.. Enumerable.Range(0, 200)
            .Select(k => 2 * Math.Cos(k * Math.PI / 400) / (1 + 0.1 * layer + update / (double)Updates))]);

    private static (double Mean, double Sd) Activations(string activation, int layer, int depth, double time, double factor)
    {
        if (activation != "sigmoid")
            return (0.01 * Math.Sin(layer + 3 * time), 0.5 * Math.Pow(factor, layer - 1) * (1 + 0.25 * time));
        var drift = 1 - Math.Exp(-8 * time);
        return layer == depth ? (0.02 + 0.49 * Math.Exp(-25 * time), 0.01 + 0.02 * (1 - drift))
            : (0.5 + (0.03 + 0.03 * layer) * drift, 0.12 * Math.Pow(factor, layer - 1) + 0.02);
    }

    private static LayerStatistics Row(long update, int layer, string quantity, double mean, double sd, double low, double high, double? saturated)
    {
        double At(double deviations) => Math.Clamp(mean + deviations * sd, low, high);
        return new(update, layer, quantity, 300_000, mean, sd, At(-4), At(-2.05), At(-0.67), At(0), At(0.67), At(2.05), At(4), saturated, saturated * 0.1, 0);
    }

    private static LayerHistogram Bell(long update, int layer, string quantity, double mean, double sd, double low, double high, int bins)
    {
        var width = (high - low) / bins;
        var counts = Enumerable.Range(0, bins).Select(b =>
            Math.Round(300_000 * width / sd * 0.4 * Math.Exp(-Math.Pow((low + (b + 0.5) * width - mean) / sd, 2) / 2))).ToArray();
        return new(update, layer, quantity, low, high, counts);
    }

    private static LayerHistogram Tent(long update, int layer, string quantity, double sd)
    {
        const int bins = 81;
        double high = 9 * sd, width = 2 * high / bins, slope = Math.Sqrt(2) / sd;
        var counts = Enumerable.Range(0, bins).Select(b =>
            Math.Round(300_000 * width * slope / 2 * Math.Exp(-slope * Math.Abs(-high + (b + 0.5) * width)))).ToArray();
        return new(update, layer, quantity, -high, high, counts);
    }
}
