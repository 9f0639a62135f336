using Sonde.Numerics.Significance;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Records.Baselines;
using Sonde.Records.Trials;
using Sonde.Running.Baselines;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Paper.Claims.Errors;

/// <summary>A support vector machine has a higher error than a deep network trained on the same examples [Glorot2010, section 5].</summary>
internal sealed class SupportVectors() : Claim(
    "svm", "A support vector machine has a higher error than the deep network on the same examples",
    "Section 5: “As a baseline, we optimized RBF SVM models on one hundred thousand Shapeset examples and obtained 59.47% test error, while on the same "
        + "set we "
    + "obtained 50.47% with a depth five hyperbolic tangent network with normalized initialization.”",
    PaperBaseline.Study)
{
    private const double PaperMachine = 59.47, PaperNetwork = 50.47;
    private const int PaperExamples = 100_000;

    // The luck of 10,000 test examples is one point; the network's error also depends on its learning rate.
    private const double OfMachine = 1.5, OfNetwork = 3;

    /// <inheritdoc/>
    public override bool NeedsBaseline => true;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var models = runs.Trials(PaperBaseline.Study).Select(trial => trial.Setting.LearningRate).Distinct()
            .Select(rate => runs.TrialsOf(PaperBaseline.Study, PaperModel.TanhN, setting => setting.LearningRate == rate))
            .Where(model => model.Trials.Count > 0 && model.Trials.All(trial => Stop(trial) is not null)).ToList();
        var baseline = new PaperBaseline(runs);
        var fits = baseline.Recorded.Where(fit => models.All(model => model.Trials.All(trial => IsOfSameExamples(fit, trial)))).ToList();
        if (models.Count == 0 || fits.Count < baseline.Grid.Count)
            return ItemResult.NotRun(models.Count == 0 ? "The network has not been evaluated yet."
                : $"{fits.Count} of {baseline.Grid.Count} support vector machines have been trained on the network's examples.");

        // Validation chooses the number of updates, the learning rate, C and gamma.
        var model = models.MinBy(model => model.Trials.Average(trial => Stop(trial)!.Validation.Error))!;
        var machine = SupportVectorGrid.Choose(fits);
        var examples = baseline.Examples;
        IReadOnlyList<Stopped> stopped = [.. model.Trials.Select(trial => Stop(trial)!)];
        IReadOnlyList<double> errors = [.. stopped.Select(stop => stop.Test.Error)];
        var gain = machine.Test.Error - errors.Average();
        var noise = Noise(machine.Test, errors);
        var search = fits.Count == 1 ? "not searched at this scale" : $"by validation out of {fits.Count}";
        var judgement = new Judgement()
            .Order($"error of the machine minus that of tanh N on the same {examples:N0} examples, points", "9.00", $"{gain:0.00}",
                gain > noise ? true : examples < PaperExamples ? null : false, $"luck of the test examples {noise:0.00}");
        if (examples == PaperExamples)
            judgement.Number("test error of the support vector machine, %", PaperMachine, [machine.Test.Error], OfMachine, "points")
                .Number("test error of tanh N, stopped by validation error, %", PaperNetwork, errors, OfNetwork, "points");
        else
            judgement.Note("test error of the support vector machine, %", $"{PaperMachine} (100,000 examples)", Text(machine.Test))
                .Note("test error of tanh N, stopped by validation error, %", $"{PaperNetwork} (100,000 examples)", Readings.Text(errors, "0.00"));
        judgement.Note("test error of tanh N at the end, %", "–", Readings.Text(model.LastErrors(), "0.00"))
            .Note("training examples", $"{PaperExamples:N0}", $"{examples:N0}")
            .Note("examples that became support vectors", "–", $"{machine.SupportVectors:N0}");
        foreach (var reading in Paired(runs, baseline, machine, model.Trials[0]))
            judgement.Note(reading.What, reading.Paper, reading.Ours);
        return judgement.Result(
            $"On the same {examples:N0} examples tanh N has {Readings.Text(errors, "0.00")} % test error at its lowest validation error "
                + $"({string.Join(", ", stopped.Select(stop => $"{stop.Test.Update:N0}"))} of {model.Updates():N0} updates), and the support vector machine "
                + $"{machine.Test.Error:0.00} % (C {machine.C}, gamma {machine.Gamma}, {search})"
                + (gain > noise ? "." : gain > 0 ? ": chance may explain the difference." : ": the network has no lower error."));
    }

    private sealed record Stopped(CurvePoint Validation, CurvePoint Test);

    private static Stopped? Stop(RecordedTrial trial)
    {
        CurvePoint? Of(string split, long? update) => trial.Curve.Where(point => point.Split == split && (update is null || point.Update == update))
            .MinBy(point => point.Error);
        return Of("validation", null) is { } validation && Of("test", validation.Update) is { } test ? new(validation, test) : null;
    }

    private static bool IsOfSameExamples(SupportVectorFit fit, RecordedTrial trial) =>
        TrialSetting.Read(trial.Manifest.Setting).DataSection.All(field => fit.Setting.GetValueOrDefault(field.Key) == field.Value);

    /// <summary>Returns two standard errors of the difference of two shares. Both are of the same examples, so this is cautious.</summary>
    private static double Noise(MisclassifiedCount machine, IReadOnlyList<double> networks)
    {
        double Variance(double error, int count) => error * (100 - error) / count;
        return 2 * Math.Sqrt(Variance(machine.Error, machine.Examples) + Variance(networks.Average(), machine.Examples * networks.Count));
    }

    /// <summary>Compares the answers of the machine and of the final network by McNemar's exact test.</summary>
    private static IEnumerable<Reading> Paired(PaperRuns runs, PaperBaseline baseline, SupportVectorFit machine, RecordedTrial trial)
    {
        var (ofMachine, ofNetwork) = (baseline.Predictions(machine), runs.Predictions(PaperBaseline.Study, trial.Manifest.Id));
        if (ofMachine.Count == 0 || !ofMachine.Select(p => p.Label).SequenceEqual(ofNetwork.Select(p => p.Label)))
            yield break;
        var right = ofMachine.Zip(ofNetwork, (m, n) => (Machine: m.Label == m.Predicted, Network: n.Label == n.Predicted)).ToList();
        var (onlyMachine, onlyNetwork) = (right.Count(r => r.Machine && !r.Network), right.Count(r => r.Network && !r.Machine));
        yield return new($"test examples that only the machine, and only the final network of seed {trial.Manifest.Seed}, classifies correctly; p", "–",
            $"{onlyMachine:N0}, {onlyNetwork:N0}; {McNemarTest.TwoSided(onlyMachine, onlyNetwork):g2}");
    }

    private static string Text(MisclassifiedCount count)
    {
        var interval = ShareInterval.Of(count.Misclassified, count.Examples);
        return $"{count.Error:0.00} ({100 * interval.Low:0.00} to {100 * interval.High:0.00}, {count.Examples:N0} examples)";
    }
}
