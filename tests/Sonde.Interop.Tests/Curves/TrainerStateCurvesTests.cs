using Sonde.Interop.Importing;
using Sonde.Interop.Tensors;

namespace Sonde.Interop.Tests.Curves;

public sealed class TrainerStateCurvesTests
{
    private const string State = """
        {"epoch": 2.0, "global_step": 200, "train_batch_size": 16, "log_history": [
          {"epoch": 0.5, "grad_norm": 3.5, "learning_rate": 5e-05, "loss": 0.69, "step": 50},
          {"epoch": 1.0, "eval_accuracy": 0.8, "eval_loss": 0.5, "eval_runtime": 3.2, "eval_samples_per_second": 272.5, "step": 100},
          {"epoch": 1.5, "grad_norm": NaN, "learning_rate": 2e-05, "loss": 0.4, "step": 150},
          {"epoch": 2.0, "eval_accuracy": 0.9, "eval_loss": 0.3, "step": 200},
          {"epoch": 2.0, "step": 200, "total_flos": 1.0, "train_loss": 0.5, "train_runtime": 40.0}]}
        """;

    [Fact]
    public void LossesAndAccuracies_BecomeCurves()
    {
        using var scratch = new Scratch();
        scratch.Write("bert/trainer_state.json", State);
        foreach (var path in (string[])["bert", "bert/trainer_state.json"])
        {
            var (training, kind, skipped) = TrainingImport.Read(scratch[path]);
            Assert.Equal(("a trainer's state", "bert"), (kind, training.Name));
            Assert.Equal([(50, 0.69), (150, 0.4)], training.Curve.Where(point => point.Split == "train").Select(point => (point.Update, point.Cost)));
            Assert.Equal([(100, 20.0), (200, 10)],
                training.Curve.Where(point => point.Split == "test").Select(point => (point.Update, Math.Round(point.Error, 6))));
            Assert.Equal("trainer_state.json: entries left out, because their names mean no cost, error, accuracy, RMSE, MAE or R²: eval_runtime, "
                + "eval_samples_per_second, grad_norm, learning_rate, total_flos, train_runtime. To import one, call it val_loss or test_accuracy or the like.",
                Assert.Single(skipped));
            Assert.Equal((200L, 16), (training.Facts.Updates, training.Facts.Batch));
        }
    }

    [Fact]
    public void EntriesWithoutAWholeStep_AreLeftOut()
    {
        using var scratch = new Scratch();
        var curve = TrainingImport.Read(scratch.Write("trainer_state.json",
            """{"log_history": [{"step": null, "loss": 1}, {"step": "7", "loss": 2}, {"loss": 3}, {"step": 8.0, "loss": 4}, {"step": 1e300, "loss": 5}]}"""))
            .Training.Curve;
        Assert.Equal((8L, 4.0), (Assert.Single(curve).Update, curve[0].Cost));
    }

    [Fact]
    public void EntriesWithEpochsAndNoSteps_AreTakenByEpoch()
    {
        using var scratch = new Scratch();
        var training = TrainingImport.Read(scratch.Write("trainer_state.json",
            """{"global_step": 40, "log_history": [{"epoch": 1.0, "eval_accuracy": 0.5}, {"epoch": 2.0, "eval_accuracy": 0.75}]}""")).Training;
        Assert.Equal([(1, 50.0), (2, 25)], training.Curve.Where(point => point.Split == "test").Select(point => (point.Update, point.Error)));
        Assert.Equal(("epoch", null), (training.Facts.CountedIn, training.Facts.Updates));
    }

    [Fact]
    public void AFolderOfCheckpoints_IsToldWhichFileToGive()
    {
        using var scratch = new Scratch();
        foreach (var step in (int[])[50, 200, 1000])
            scratch.Write($"out/checkpoint-{step}/trainer_state.json", State);
        var error = Assert.Throws<InteropException>(() => TrainingImport.Read(scratch["out"]));
        Assert.EndsWith($"Give the one of the last, which has the whole history: {scratch["out/checkpoint-1000/trainer_state.json"]}.", error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"log_history": 3}""", "expected an object with a list 'log_history'")]
    [InlineData("""{"log_history": [{"step": 1, "loss": 0.5""", "expected whole JSON")]
    [InlineData("""{"log_history": [{"step": 1, "lr": 0.5}]}""", "expected entries of costs, errors or accuracies")]
    public void AnotherFile_IsRefused(string text, string part)
    {
        using var scratch = new Scratch();
        var error = Assert.Throws<InteropException>(() => TrainingImport.Read(scratch.Write("trainer_state.json", text)));
        Assert.StartsWith(scratch["trainer_state.json"], error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
