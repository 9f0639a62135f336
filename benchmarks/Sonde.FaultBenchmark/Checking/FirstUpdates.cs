using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Studies;

namespace Sonde.FaultBenchmark.Checking;

/// <summary>The first updates of a case, from the weights and with the examples that <c>first_updates.py</c> recorded.</summary>
/// <param name="fault">The case, whose dropout is left out.</param>
/// <param name="into">Receives its study.</param>
/// <param name="sets">The published images that some cases are on.</param>
internal sealed class FirstUpdates(FaultCase fault, string into, PublishedSets sets)
{
    private readonly FaultCase plain = fault.WithoutDropout();

    /// <summary>Trains.</summary>
    /// <param name="recorded">The folder with the arrays of this case.</param>
    /// <param name="kernels">The kernels to train with; null for the fastest.</param>
    /// <returns>The largest difference of a weight or bias at the end, in units of the largest of its layer; NaN if only one of the two is finite.</returns>
    public double Compare(string recorded, string? kernels = null)
    {
        var study = new CaseStudy(plain, plain.Id, into, sets);
        study.Write();
        var setting = StudyFile.Read(Path.Combine(into, plain.Id, "study.yaml")).Trials[0].Setting;
        var data = DatasetList.Open(setting.Data, DataFolder.OfUser());
        var network = setting.NetworkOn(data);
        using var engine = Engine.Create(network, setting.Plan.Batch, setting.Optimizer, 1, kernels);
        engine.Load(Read(recorded, "start", network));
        var order = CaseArray.Read(Path.Combine(recorded, "order.npy"));
        for (var update = 0; update < order.Rows; update++)
        {
            int[] rows = [.. Enumerable.Range(0, order.Columns).Select(k => (int)order.At(update, k)).Where(row => row >= 0)];
            engine.Update(study.Inputs.Select(rows).Values, data.Targets is null ? Array.ConvertAll(rows, row => (int)study.Targets.At(row, 0)) : rows);
        }
        var end = Parameters.Empty(network);
        engine.Save(end);
        var expected = Read(recorded, "end", network);
        return end.Layers.Zip(expected.Layers).Max(pair =>
            Math.Max(Distance(pair.First.Weights, pair.Second.Weights), Distance(pair.First.Biases, pair.Second.Biases)));
    }

    private static Parameters Read(string folder, string when, Network network) => new([.. Enumerable.Range(1, network.Layers).Select(layer =>
        new LayerParameters(network.FanIn(layer), network.FanOut(layer), CaseArray.Read(Path.Combine(folder, $"{when}-weights-{layer}.npy")).Values,
            CaseArray.Read(Path.Combine(folder, $"{when}-biases-{layer}.npy")).Values))]);

    private static double Distance(float[] ours, float[] theirs)
    {
        var largest = theirs.Max(MathF.Abs);
        return largest == 0 ? ours.Max(MathF.Abs)
            : ours.Zip(theirs).Max(pair => pair.First.Equals(pair.Second) ? 0 : Math.Abs((double)pair.First - pair.Second)) / largest;
    }
}
