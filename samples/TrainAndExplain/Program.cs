// docs: program
using Sonde.Data.Shapeset;
using Sonde.Diagnosis;
using Sonde.Networks;

// Four sigmoid layers under the standard initialization: the network that the paper could not train.
var data = new ShapesetDataset(16);
var training = new WatchedTraining(data, hidden: [100, 100, 100, 100])
{
    Activation = ActivationList.Get("sigmoid"), Initializer = InitializerList.Get("standard"), LearningRate = 0.1f, Updates = 1000,
};
using var result = training.Run();
Console.WriteLine(result.Sentence);
// docs: end
