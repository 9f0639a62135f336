// docs: program
using Sonde.Data.Arrays;
using Sonde.Diagnosis;
using Sonde.Records.Models;

// Points in a square; the class says whether both coordinates have the same sign.
var random = new Random(1);
var (points, signs) = (new float[2 * 600], new int[600]);
for (var k = 0; k < signs.Length; k++)
{
    var (x, y) = (points[2 * k], points[2 * k + 1]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
    signs[k] = x * y > 0 ? 1 : 0;
}
var data = ArrayDataset.FromArrays("signs", points, signs, ["differ", "agree"]);

// It stops after a minute at the latest, and keeps what it has learned by then.
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
var progress = new Progress<long>(update =>
{
    if (update % 2000 == 0)
        Console.Error.WriteLine($"{update} updates");
});
using var result = await new WatchedTraining(data, hidden: [16, 16]) { Updates = 6000 }.RunAsync(progress, limit.Token);
Console.WriteLine($"{result.Outcome.Status}. {result.Sentence}");

var path = Path.Combine(Path.GetTempPath(), "signs.safetensors");
ModelFile.Save(path, result.Trained);
using var model = ModelFile.Load(path);
Console.WriteLine(string.Join(", ", model.Predict([1.5f, 1.5f, -1.5f, 1.5f]).Select(label => data.Classes[label])));
// docs: end
