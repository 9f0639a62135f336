using System.Text.Json;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Pretraining;

namespace Sonde.Tests.Golden;

/// <summary>Updates of denoising autoencoders agree with PyTorch's, which record_autoencoder.py recorded.</summary>
public sealed class AutoencoderTraceTests
{
    private static readonly TraceFile Recorded = Read();

    public static TheoryData<int> Traces => [.. Enumerable.Range(0, Recorded.Traces.Length)];

    [Theory, MemberData(nameof(Traces))]
    public void PlainAutoencoder_AgreesWithPyTorchInEveryLossAndInTheEnd(int index)
    {
        var trace = Recorded.Traces[index];
        ActivationList.Find(trace.Activation)!.Accept(new WithActivation(trace));
    }

    private static bool Check<TActivation, TReconstruction>(Trace trace)
        where TActivation : struct, IActivation where TReconstruction : struct, IReconstructionCost
    {
        var autoencoder = new ReferenceAutoencoder<double, TActivation, TReconstruction>(Recorded.Inputs, Recorded.Units);
        trace.Start.Weights.CopyTo(autoencoder.Weights, 0);
        trace.Start.Biases.CopyTo(autoencoder.Biases, 0);
        trace.Start.DecoderBiases.CopyTo(autoencoder.DecoderBiases, 0);
        foreach (var update in trace.Updates)
        {
            autoencoder.Forward(update.Corrupted, update.Targets);
            autoencoder.Backward(update.Corrupted);
            Tolerances.AssertClose(update.Cost, autoencoder.Costs.Average(), Tolerances.DoubleRounding);
            Step(autoencoder.Weights, autoencoder.WeightGradient);
            Step(autoencoder.Biases, autoencoder.BiasGradient);
            Step(autoencoder.DecoderBiases, autoencoder.DecoderBiasGradient);
        }
        AssertAllClose(trace.End.Weights, autoencoder.Weights);
        AssertAllClose(trace.End.Biases, autoencoder.Biases);
        AssertAllClose(trace.End.DecoderBiases, autoencoder.DecoderBiases);
        return true;
    }

    private static void Step(double[] parameters, double[] gradient)
    {
        for (var k = 0; k < parameters.Length; k++)
            parameters[k] -= Recorded.LearningRate * gradient[k];
    }

    private static void AssertAllClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
            Tolerances.AssertClose(expected[k], actual[k], Tolerances.DoubleRounding);
    }

    private static TraceFile Read()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "autoencoder-traces.json"));
        return JsonSerializer.Deserialize<TraceFile>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record WithActivation(Trace Trace) : IActivationVisitor<bool>
    {
        public bool Visit<TFunction>() where TFunction : struct, IActivation =>
            ReconstructionCostList.Find(Trace.Reconstruction)!.Accept(new WithReconstruction<TFunction>(Trace));
    }

    private sealed record WithReconstruction<TActivation>(Trace Trace) : IReconstructionCostVisitor<bool> where TActivation : struct, IActivation
    {
        public bool Visit<TFormula>() where TFormula : struct, IReconstructionCost => Check<TActivation, TFormula>(Trace);
    }

    private sealed record TraceFile(int Inputs, int Units, double LearningRate, Trace[] Traces);

    private sealed record Trace(string Activation, string Reconstruction, Values Start, Update[] Updates, Values End);

    private sealed record Values(double[] Weights, double[] Biases, double[] DecoderBiases);

    private sealed record Update(double[] Corrupted, double[] Targets, double Cost);
}
