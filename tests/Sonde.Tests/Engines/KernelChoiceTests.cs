using System.Diagnostics;
using Sonde.Baselines;
using Sonde.Engines;
using Sonde.Numerics.Lanes;
using Sonde.Optimizers;
using Sonde.Tests.Training;

namespace Sonde.Tests.Engines;

/// <summary>One list knows the kernels, and one variable forces a choice.</summary>
public sealed class KernelChoiceTests
{
    public static TheoryData<string> Names => [.. KernelChoice.Names];

    [Fact]
    public void Names_AreThoseOfThisProcessorFastestFirstAndThePlainReference()
    {
        string[] expected =
        [
            .. Lanes16.IsAccelerated ? ["vector512"] : (string[])[],
            .. Lanes8.IsAccelerated ? ["vector256"] : (string[])[],
            .. Lanes4.IsAccelerated ? ["vector128"] : (string[])[],
            "reference",
        ];
        Assert.Equal(expected, KernelChoice.Names);
    }

    [Theory, MemberData(nameof(Names))]
    public void NamedKernels_AreUsedByEnginesAndSupportVectorMachines(string name)
    {
        using var engine = Engine.Create(TestNetworks.Of("tanh", 4, [3], 3), 2, new Sgd(0.1f), 1, name);
        Assert.Equal(name, engine.Kernels);
        Assert.Equal(name, RadialKernels.FromName(name).Name);
    }

    [Fact]
    public void UnknownKernels_AreRefusedWithThoseThatExist()
    {
        var network = TestNetworks.Of("tanh", 4, [3], 3);
        var error = Assert.Throws<ArgumentException>(() => Engine.Create(network, 2, new Sgd(0.1f), 1, "vector9"));
        Assert.Equal($"Unknown kernels 'vector9'; this machine supports {string.Join(", ", KernelChoice.Names)}. Fix the name, or leave it out to use the "
            + "fastest.", error.Message);
    }

    [Theory, MemberData(nameof(Names))]
    public void TheVariable_ForcesEachOfThemAndTheContractHolds(string name)
    {
        var (code, output) = RunContract(name);
        Assert.True(code == 0 && output.Contains("Failed: 0", StringComparison.Ordinal), $"With SONDE_KERNELS={name} the contract failed:\n{output}");
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheVariableWithAnUnknownName_IsNamedInTheError()
    {
        var (code, output) = RunContract("vector9");
        Assert.NotEqual(0, code);
        Assert.Contains("SONDE_KERNELS: Unknown kernels 'vector9'; this machine supports", output, StringComparison.Ordinal);
        Assert.Contains("unset the variable to use the fastest", output, StringComparison.Ordinal);
    }

    // The variable is read once in a process, so each value needs a process: this test program again, with the contract alone.
    private static (int Code, string Output) RunContract(string name)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Sonde.Tests.exe" : "Sonde.Tests"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-class", typeof(ChosenEngineTests).FullName!, "-noColor", "-parallel", "none"])
            start.ArgumentList.Add(argument);
        start.Environment[KernelChoice.Variable] = name;
        // Set by the platform that started this process, they would make the child its client too.
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("TESTINGPLATFORM_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
