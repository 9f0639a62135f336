using Sonde.Interop.Watching;
using Sonde.Training;
using static TorchSharp.torch;

// A TorchSharp network with five sigmoid layers: are two numbers of the same sign? Sonde's part is what begins with "observed".
// Usage: TorchSharpTraining [FOLDER]; 'sonde report FOLDER' draws the figures.
const int Batch = 100;
int[] units = [20, 20, 20, 20, 20, 2];
random.manual_seed(1);
var layers = units.Select((count, k) => nn.Linear(k == 0 ? 2 : units[k - 1], count)).ToArray();
var optimizer = optim.SGD(layers.SelectMany(layer => layer.parameters()), learningRate: 0.1);
var observed = new ObservedTraining("torchsharp", inputs: 2, units, activation: "sigmoid");
for (var update = 0; update <= 1000; update++)
{
    using var scope = NewDisposeScope();
    var (x, y) = Examples(Batch);
    var s = Forward(x);
    optimizer.zero_grad();
    nn.functional.cross_entropy(s[^1], y).backward();
    if (update % 100 == 0)
    {
        // The loss is a mean over the batch, and Sonde's gradient is that of one example's cost.
        observed.Observe(update, [.. layers.Zip(s, (layer, s) => new LayerArrays
        {
            Preactivation = Values(s), PreactivationGradient = Values(s.grad! * Batch), Weight = Values(layer.weight!),
            WeightGradient = Values(layer.weight!.grad!),
        })], Values(x), [.. y.data<long>().Select(label => (int)label)]);
        var (testX, testY) = Examples(2000);
        var wrong = Forward(testX)[^1].argmax(1).ne(testY).to(ScalarType.Float32).mean().item<float>();
        observed.Add(new CurvePoint(update, "test", Cost: double.NaN, Error: 100 * wrong));
    }
    optimizer.step();
}
Console.WriteLine(observed.Verdict.Sentence);
if (args is [var folder])
    observed.Save(folder);

List<Tensor> Forward(Tensor x)
{
    var s = new List<Tensor>();
    foreach (var layer in layers)
    {
        s.Add(layer.forward(s.Count == 0 ? x : s[^1].sigmoid()));
        s[^1].retain_grad();
    }
    return s;
}

static (Tensor X, Tensor Y) Examples(int count)
{
    var x = rand(count, 2) * 2 - 1;
    return (x, (x.select(1, 0) * x.select(1, 1)).gt(0).to(ScalarType.Int64));
}

static float[] Values(Tensor tensor) => [.. tensor.detach().contiguous().data<float>()];
