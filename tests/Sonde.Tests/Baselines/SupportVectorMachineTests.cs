using Sonde.Baselines;
using Sonde.Data;
using Sonde.Data.Shapeset;

namespace Sonde.Tests.Baselines;

/// <summary>Several classes, and what cannot be learnt from.</summary>
public sealed class SupportVectorMachineTests
{
    [Fact]
    public void AnyThreadsAndAnyCache_GiveTheSameBits()
    {
        var (inputs, labels) = new ShapesetDataset(16).Open(Split.Train, 1).Read(0, 300);
        var (fresh, _) = new ShapesetDataset(16).Open(Split.Test, 1).Read(0, 47);
        var setting = new SupportVectorSetting(10, 0.01);
        var one = SupportVectorMachine.Train(inputs, labels, setting);
        foreach (var (threads, cache) in new[] { (2, 2048), (3, 1), (40, 2048) })
        {
            var other = SupportVectorMachine.Train(inputs, labels, setting with { CacheMebibytes = cache }, threads);
            Assert.Equal(one.SupportVectors, other.SupportVectors);
            Assert.Equal(one.Machines.Select(m => (m.Objective, m.Bias, m.Steps)), other.Machines.Select(m => (m.Objective, m.Bias, m.Steps)));
            Assert.Equal(one.Decide(fresh), other.Decide(fresh, threads));
        }
    }

    [Fact]
    public void OrderOfClassesAndGapsInTheirNumbers_DoNotMatter()
    {
        var problem = LibsvmProblem.Of("nine classes");
        var setting = new SupportVectorSetting(10, 0.05);
        var plain = SupportVectorMachine.Train(problem.Inputs, problem.Labels, setting);
        var spread = SupportVectorMachine.Train(problem.Inputs, Array.ConvertAll(problem.Labels, label => 3 * label + 1), setting);
        Assert.Equal(plain.Predict(problem.Fresh).Select(label => 3 * label + 1), spread.Predict(problem.Fresh));
        Assert.Equal(plain.SupportVectors, spread.SupportVectors);
    }

    [Fact]
    public void Progress_CountsPairsOfClasses()
    {
        var problem = LibsvmProblem.Of("nine classes");
        var told = new List<int>();
        SupportVectorMachine.Train(problem.Inputs, problem.Labels, new(1, 0.1), progress: told.Add);
        Assert.Equal(Enumerable.Range(1, 36), told);
    }

    [Fact]
    public void Cancellation_Stops()
    {
        var problem = LibsvmProblem.Of("nine classes");
        using var stop = new CancellationTokenSource();
        var thrown = Assert.ThrowsAny<OperationCanceledException>(() =>
            SupportVectorMachine.Train(problem.Inputs, problem.Labels, new(1, 0.1), threads: 2, progress: _ => stop.Cancel(), cancellation: stop.Token));
        Assert.NotNull(thrown);
    }

    [Fact]
    public void WhatCannotBeLearntFrom_IsNamedWithWhatToDo()
    {
        float[] inputs = [1, 2, 3, 4, 5, 6];
        void Throws(string expected, float[] inputs, int[] labels, SupportVectorSetting? setting = null) =>
            Assert.Equal(expected, Assert.Throws<ArgumentException>(() => SupportVectorMachine.Train(inputs, labels, setting ?? new(1, 1))).Message);

        Throws("Expected examples of two classes or more, got class 4 alone. Pass examples of another class too.", inputs, [4, 4, 4]);
        Throws("Expected as many values for each label, got 6 values and 4 labels. Pass whole examples.", inputs, [0, 1, 0, 1]);
        Throws("Expected as many values for each label, got 0 values and 0 labels. Pass whole examples.", [], []);
        Throws("Expected labels of 0 or more, got -1. Number the classes from 0.", inputs, [0, -1, 1]);
        Throws("Expected inputs from -1E+15 to 1E+15, got NaN at input 1 of example 1. Mend or leave out that example.", [1, 2, 3, float.NaN, 5, 6], [0, 1, 0]);
        Throws("Expected inputs from -1E+15 to 1E+15, got Infinity at input 0 of example 2. Mend or leave out that example.",
            [1, 2, 3, 4, float.PositiveInfinity, 6], [0, 1, 0]);
        Throws("Expected a C above 0, got 0. Correct the setting of the support vector machine.", inputs, [0, 1, 0], new(0, 1));
        Throws("Expected a gamma above 0, got -1. Correct the setting of the support vector machine.", inputs, [0, 1, 0], new(1, -1));
        Throws("Expected a tolerance above 0, got NaN. Correct the setting of the support vector machine.",
            inputs, [0, 1, 0], new(1, 1) { Tolerance = double.NaN });
        var machine = SupportVectorMachine.Train(inputs, [0, 1, 0], new(1, 1));
        Assert.Contains("Expected whole examples of 2 values, got 3.", Assert.Throws<ArgumentException>(() => machine.Predict([1, 2, 3])).Message);
    }
}
