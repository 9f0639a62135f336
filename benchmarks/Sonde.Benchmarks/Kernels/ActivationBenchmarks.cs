using BenchmarkDotNet.Attributes;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;

namespace Sonde.Benchmarks;

/// <summary>Activation functions and derivatives at the widest vectors, over a layer's pre-activations: ten examples, a thousand units.</summary>
[BenchmarkCategory("activation")]
public class ActivationBenchmarks : ICountedWork
{
    private const int Count = 10 * 1000 / 16 * 16;

    private readonly float[] s = new float[Count], z = new float[Count], derivatives = new float[Count];
    private IPass pass = null!;

    [ParamsSource(nameof(Names))]
    public string Activation { get; set; } = "";

    public static IEnumerable<string> Names => ActivationList.All.Select(activation => activation.Name);

    Work ICountedWork.WorkOf(string benchmark) => new(1e-9 * Count, "G values");

    [GlobalSetup]
    public void Prepare()
    {
        var random = new RandomKey(1, "benchmark").Stream(0);
        foreach (ref var value in s.AsSpan())
            value = (float)random.NextGaussian();
        pass = ActivationList.Find(Activation)!.Accept(new Widest());
        Value();
    }

    [Benchmark]
    public void Value() => pass.Value(s, z);

    [Benchmark]
    public void Derivative() => pass.Derivative(s, z, derivatives);

    private interface IPass
    {
        void Value(ReadOnlySpan<float> s, Span<float> z);

        void Derivative(ReadOnlySpan<float> s, ReadOnlySpan<float> z, Span<float> derivatives);
    }

    private sealed class Widest : IActivationVisitor<IPass>
    {
        public IPass Visit<TFunction>() where TFunction : struct, IActivation =>
            VectorHardware.Bits switch { 512 => new Pass<Lanes16, TFunction>(), 256 => new Pass<Lanes8, TFunction>(), _ => new Pass<Lanes4, TFunction>() };
    }

    private sealed unsafe class Pass<TLanes, TFunction> : IPass where TLanes : struct, IVectorLanes<TLanes> where TFunction : struct, IActivation
    {
        public void Value(ReadOnlySpan<float> s, Span<float> z)
        {
            fixed (float* from = s, to = z)
                for (var k = 0; k < s.Length; k += TLanes.Count)
                    TLanes.Store(TFunction.Value(TLanes.Load(from + k)), to + k);
        }

        public void Derivative(ReadOnlySpan<float> s, ReadOnlySpan<float> z, Span<float> derivatives)
        {
            fixed (float* from = s, values = z, to = derivatives)
                for (var k = 0; k < s.Length; k += TLanes.Count)
                    TLanes.Store(TFunction.Derivative(TLanes.Load(from + k), TLanes.Load(values + k)), to + k);
        }
    }
}
