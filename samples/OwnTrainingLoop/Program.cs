// docs: program
using Sonde.Analysis.Contents;
using Sonde.Figures;
using Sonde.Interop.Watching;
using Sonde.Training;

// A training loop of a program's own: are two numbers of the same sign? Sonde's part is what begins with "observed".
var random = new Random(1);
var network = new OwnNetwork(seed: 1, 2, 20, 20, 20, 20, 2);
var observed = new ObservedTraining("own-loop", inputs: 2, units: [20, 20, 20, 20, 2], activation: "sigmoid");
for (var update = 0; update <= 1000; update++)
{
    float[] x = [.. Enumerable.Range(0, 200).Select(_ => (float)(2 * random.NextDouble() - 1))];
    int[] y = [.. x.Chunk(2).Select(pair => pair[0] * pair[1] > 0 ? 1 : 0)];
    network.Train(x, y, rate: 0.1f);
    if (update % 100 != 0)
        continue;
    observed.Observe(update, [.. network.Layers.Select(layer => new LayerArrays
    {
        Preactivation = layer.S, Activation = layer.Z, PreactivationGradient = layer.Gradient, Weight = layer.Before, WeightGradient = layer.WeightGradient,
    })], x, y);
    observed.Add(new CurvePoint(update, "test", Cost: double.NaN, Error: 100 * y.Index().Average(n => network.Answer(x)[2 * n.Index + n.Item] < 0.5 ? 1 : 0)));
}
Console.WriteLine(observed.Verdict.Sentence);
var run = observed.Save(args is [var folder] ? folder : Directory.CreateTempSubdirectory("own-loop-").FullName);
var report = StudyReport.Write(run, RunContents.Read(run), Console.WriteLine);
Console.WriteLine($"{report.Figures.Count} figures: {report.Report}");
// docs: end
