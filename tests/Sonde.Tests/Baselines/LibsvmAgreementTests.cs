using Sonde.Baselines;
using Sonde.Engines;

namespace Sonde.Tests.Baselines;

/// <summary>Ours beside libsvm on the same problems, with every kernel of this machine.</summary>
public sealed class LibsvmAgreementTests
{
    public static IEnumerable<TheoryDataRow<string, double, string>> Fits =>
        from name in LibsvmProblem.Names
        from kernels in KernelChoice.Names
        select new TheoryDataRow<string, double, string>(name.Data.Item1, name.Data.Item2, kernels);

    [Theory, MemberData(nameof(Fits))]
    public void AtATightTolerance_ObjectivesSupportVectorsAndPredictionsAreLibsvms(string name, double c, string kernels)
    {
        var problem = LibsvmProblem.Of(name);
        var fit = problem.Fits.Single(f => f.C == c);
        var machine = SupportVectorMachine.Train(problem.Inputs, problem.Labels, new(c, fit.Gamma) { Tolerance = problem.Tolerance }, kernels: kernels);
        Assert.Equal(fit.Objectives.Length, machine.Machines.Count);
        for (var pair = 0; pair < fit.Objectives.Length; pair++)
            Tolerances.AssertClose(fit.Objectives[pair], machine.Machines[pair].Objective, Tolerances.SupportVectorObjective);
        Assert.Equal(fit.Predicted, machine.Predict(problem.Fresh));

        // A coefficient that is all but 0 may be one on one side alone.
        var ours = machine.SupportVectors.ToHashSet();
        var theirs = fit.SupportVectors.ToHashSet();
        var clear = fit.SupportVectors.Where((_, k) => fit.Largest[k] > 1e-4 * c).ToHashSet();
        Assert.Subset(ours, clear);
        Assert.True(
            ours.Count(vector => !theirs.Contains(vector)) <= 1 + ours.Count / 100, $"{ours.Count} support vectors of ours, {theirs.Count} of libsvm's");
    }

    [Theory, MemberData(nameof(Fits))]
    public void AtTheUsualTolerance_PredictionsAreLibsvms(string name, double c, string kernels)
    {
        var problem = LibsvmProblem.Of(name);
        var fit = problem.Fits.Single(f => f.C == c);
        var machine = SupportVectorMachine.Train(problem.Inputs, problem.Labels, new(c, fit.Gamma), threads: 2, kernels: kernels);
        Assert.Equal(fit.PredictedAtUsualTolerance, machine.Predict(problem.Fresh, threads: 2));
    }
}
