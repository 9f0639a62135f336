using Sonde.Networks;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Models;
using Sonde.Training;

namespace Sonde.Records.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private static readonly Network Network = new(
        4, [5, 3], 2, ActivationList.Find("softsign")!, InitializerList.Find("gaussian(0.5)")!, CostList.Find("quadratic")!);

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-model-").FullName;

    private string Model => Path.Combine(folder, "model.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WhatIsSaved_IsLoadedToTheBit()
    {
        using var trained = new TrainedNetwork(Network, Parameters.Initialize(Network, 3));
        ModelFile.Save(Model, trained);
        using var loaded = ModelFile.Load(Model);
        Assert.Equal((4, "5,3", 2), (loaded.Network.Inputs, loaded.Network.HiddenText, loaded.Network.Classes));
        Assert.Equal((Network.Activation, Network.Cost), (loaded.Network.Activation, loaded.Network.Cost));
        Assert.Equal(Network.Initializer.ToString(), loaded.Network.Initializer.ToString());
        float[] inputs = [1, -1, 0.5f, 2, 0, 0.1f, -3, 1];
        Assert.Equal(trained.Probabilities(inputs), loaded.Probabilities(inputs));
        Assert.Equal(trained.Parameters.Layers.SelectMany(layer => layer.Weights), loaded.Parameters.Layers.SelectMany(layer => layer.Weights));
    }

    [Fact]
    public void RulesOfLayersAndBiases_AreSavedAndLoaded()
    {
        var network = Network with
        {
            HiddenLayers = [new(5) { Activation = ActivationList.Find("relu") }, new(3)],
            OutputInitializer = InitializerList.Find("he"),
            BiasInitializer = InitializerList.Find("constant(0.5)"),
        };
        using var trained = new TrainedNetwork(network, Parameters.Initialize(network, 3));
        ModelFile.Save(Model, trained);
        using var loaded = ModelFile.Load(Model);
        Assert.Equal(network.InitializerText, loaded.Network.InitializerText);
        Assert.Null(loaded.Network.FirstInitializer);
        Assert.Equal("5 relu, 3", loaded.Network.HiddenText);
        Assert.Equal(trained.Probabilities([1, -1, 0.5f, 2]), loaded.Probabilities([1, -1, 0.5f, 2]));
    }

    [Fact]
    public void AFileWithoutNames_SaysSo()
    {
        File.WriteAllBytes(Model, Safetensors.ToBytes([new("layer1.weights", [2, 2], [1, 2, 3, 4]), new("layer1.biases", [2], [0, 0])]));
        Assert.Equal($"{Model} has no sonde.activation in its metadata, so Sonde did not write it as a model. Save it with ModelFile, or pass the "
            + "parameters to TrainedNetwork yourself.", Assert.Throws<RecordException>(() => ModelFile.Load(Model)).Message);
    }

    [Fact]
    public void OtherTensors_AreNoModel()
    {
        File.WriteAllBytes(Model, Safetensors.ToBytes([new("fc.weight", [2, 2], [1, 2, 3, 4]), new("fc.bias", [2], [0, 0])]));
        Assert.Equal($"{Model}: expected weights of layers 1, 2, ... with two sizes each, found fc.weight, fc.bias. The file is no model of Sonde; pass one "
            + "that ModelFile.Save wrote.", Assert.Throws<RecordException>(() => ModelFile.Load(Model)).Message);
    }

    [Fact]
    public void AnActivationThatIsNotListed_HasToBePassed()
    {
        var own = new Activation<Networks.Activations.Tanh>("own") { Lower = -1, Upper = 1 };
        using var trained = new TrainedNetwork(Network with { Activation = own }, Parameters.Initialize(Network, 3));
        ModelFile.Save(Model, trained);
        Assert.Equal($"{Model} was saved with the activation 'own', which Sonde does not list. Pass it to Load.",
            Assert.Throws<RecordException>(() => ModelFile.Load(Model)).Message);
        using var loaded = ModelFile.Load(Model, own);
        Assert.Equal(trained.Predict([1, 2, 3, 4]), loaded.Predict([1, 2, 3, 4]));
    }
}
