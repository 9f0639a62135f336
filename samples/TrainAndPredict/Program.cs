// docs: program
using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Diagnosis;
using Sonde.Records.Models;

var data = new ShapesetDataset(16);
using var result = new WatchedTraining(data, hidden: [100, 100]) { Updates = 3000 }.Run();
Console.WriteLine(result.Sentence);

var path = Path.Combine(Path.GetTempPath(), "shapes.safetensors");
ModelFile.Save(path, result.Trained);
using var model = ModelFile.Load(path);
Console.WriteLine($"Test error {model.Evaluate(data).Error:0.0} %.");

var (images, labels) = data.ReadFirst(5, Split.Test, seed: 1);
foreach (var (predicted, label) in model.Predict(images).Zip(labels))
    Console.WriteLine($"{data.Classes[predicted]}, and it is {data.Classes[label]}");
// docs: end
