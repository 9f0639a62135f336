using Sonde.Analysis.Trials;
using Sonde.Interop.Importing;
using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;

namespace Sonde.Interop.Tests.Curves;

public sealed class CsvCurvesTests
{
    [Fact]
    public void TheLogOfKeras_HasItsAccuraciesAsErrorsAndItsValidationAsTest()
    {
        var training = Read("epoch,accuracy,loss,val_accuracy,val_loss\n0,0.5,1.5,0.4,1.6\n1,0.75,0.5,0.7,0.6\n");
        Assert.Equal(
            [
                (0, "train", 1.5, 50), (0, "validation", 1.6, 60), (1, "train", 0.5, 25), (1, "validation", 0.6, 30), (0, "test", 1.6, 60),
                (1, "test", 0.6, 30),
            ],
            training.Curve.Select(point => (point.Update, point.Split, point.Cost, Math.Round(point.Error, 6))));
        Assert.Contains("The curves count epochs: no updates were recorded, so what depends on their number is not judged.", training.Notes);
        Assert.Contains("Nothing is called test: the validation curve is taken for it.", training.Notes);
        Assert.Contains("Only curves are recorded and no layer, so nothing is said of activations and gradients.", training.Notes);
    }

    [Fact]
    public void TheLogOfLightning_MayHaveEmptyCells()
    {
        var training = Read("epoch,step,train_loss_step,val_acc,val_loss,lr-Adam\n0,49,0.7,,,0.1\n0,99,0.6,,,0.1\n0,99,,88.5,0.5,\n");
        Assert.Equal([(49, "train", 0.7), (99, "train", 0.6), (99, "validation", 0.5), (99, "test", 0.5)],
            training.Curve.Select(point => (point.Update, point.Split, point.Cost)));
        Assert.Equal(11.5, training.Curve[^1].Error);
    }

    [Fact]
    public void ACurveOfTheRecorder_NamesItsExamplesInAColumn()
    {
        var training = Read("update,split,cost,error\n0,train,2.5,\n10,train,nan,50\n10,test,1.5,42\n");
        Assert.Equal([(0, "train"), (10, "test"), (10, "train")], training.Curve.Select(point => (point.Update, point.Split)));
        Assert.Equal(10, training.BrokenCost);
        using var scratch = new Scratch();
        Assert.Equal("the cost is not finite at update 10", training.Save(scratch["run"]).ReadTrial("history").Manifest.Message);
    }

    [Fact]
    public void TabsSemicolonsQuotesAndBrokenRows_AreUnderstoodOrCounted()
    {
        Assert.Equal(2, Read("\"step\";\"test loss\"\n1;0.5\n2;0.25\n").Curve.Count);
        var training = Read("step\ttest_loss\ttest_error\n1\t0.5\t0.5\n2\t0.2\n3\tabc\t0.3\nx\t0.1\t0.2\n");
        Assert.Equal([(1, 50.0), (3, 30)], training.Curve.Select(point => (point.Update, Math.Round(point.Error, 6))));
        Assert.Contains("3 of 4 rows of history.csv are cut or hold no number, and are left out.", training.Notes);
    }

    [Fact]
    public void SeparatorsWithinQuotes_ArePartOfTheirCell_AndCommentsAreSkipped()
    {
        var curve = Read("# of the second try\n\"step\",\"loss, all\",\"note\"\n\"1\",\"0.5\",\"a, b\"\n2,0.25,\n").Curve;
        Assert.Equal([(1, 0.5), (2, 0.25)], curve.Select(point => (point.Update, point.Cost)));
    }

    [Fact]
    public void ARowThatIsCutWithinQuotes_TakesNoOtherWithIt()
    {
        var training = Read("step,note,loss\n1,a,0.5\n2,\"b\n3,\"c\",0.25\n4,d,0.125\n");
        Assert.Equal([(1, 0.5), (3, 0.25), (4, 0.125)], training.Curve.Select(point => (point.Update, point.Cost)));
        Assert.Contains("1 of 4 rows of history.csv are cut or hold no number, and are left out.", training.Notes);
    }

    [Fact]
    public void RowsAtPartsOfAnEpoch_AreCounted_SoNoneIsLost()
    {
        var training = Read("epoch,loss\n0.25,4\n0.5,3\n0.75,2\n1.0,1\n");
        Assert.Equal([(0, 4.0), (1, 3), (2, 2), (3, 1)], training.Curve.Select(point => (point.Update, point.Cost)));
        Assert.Contains("The column epoch has fractions, so the rows are counted instead.", training.Notes);
        Assert.Equal("row", training.Facts.CountedIn);
    }

    [Fact]
    public void ErrorsThatAreNoShares_AreLeftOut()
    {
        var training = Read("step,loss,test_error\n0,2,90\n10,1,250\n20,1,-5\n");
        Assert.DoesNotContain(training.Curve, point => point.Split == "test" || !double.IsNaN(point.Error));
        Assert.Contains("The curve test_error is left out: it has values below 0 or above 100, so it is no share. If the targets are numbers, call it "
            + "test_rmse, test_mae or the like.", training.Notes);
    }

    [Fact]
    public void OfTwoCurvesWithOneMeaning_TheFirstIsTaken()
    {
        var training = Read("step,loss,aux_loss,test_error\n0,1,7,0.5\n1,2,8,0.5\n");
        Assert.Equal([1, 2], training.Curve.Where(point => point.Split == "train").Select(point => point.Cost));
        Assert.Contains("The curve aux_loss is left out: loss is taken for the train cost.", training.Notes);
    }

    [Fact]
    public void OfColumnsWithOneName_TheFirstIsTaken_AndTheOthersAreSaid()
    {
        var training = Read("step,loss,val_acc,loss,step,val_acc,val_acc,lr,lr\n0,1,0.25,7,5,0.5,0.5,1,2\n1,nan,0.75,8,6,0.5,0.5,1,2\n");
        Assert.Equal([(0, 1), (1, double.NaN)], training.Curve.Where(point => point.Split == "train").Select(point => (point.Update, point.Cost)));
        Assert.Equal([75.0, 25], training.Curve.Where(point => point.Split == "test").Select(point => point.Error));
        Assert.Equal(1, training.BrokenCost);
        Assert.Contains("history.csv has 2 columns called loss, and the first is taken. Rename the other, such as to train_loss or val_loss, or remove it.",
            training.Notes);
        Assert.Contains("history.csv has 3 columns called val_acc, and the first is taken. Rename the others, such as to train_loss or val_loss, or remove "
            + "them.", training.Notes);
        Assert.Contains(training.Notes, note => note.StartsWith("history.csv has 2 columns called step,", StringComparison.Ordinal));
    }

    [Fact]
    public void RowsThatReplaceEarlierOnes_AreCounted()
    {
        var training = Read("epoch,batch,loss\n0,0,4\n0,1,3\n1,0,2\n1,1,1\n");
        Assert.Equal([2, 1], training.Curve.Select(point => point.Cost));
        Assert.Contains("2 numbers of history.csv are replaced by a later row with the same batch, as a whole number. If it begins again in each epoch, add a "
            + "column 'update' that counts all updates.", training.Notes);
        Assert.DoesNotContain(Read("step,loss,val_loss\n0,4,\n0,,3\n").Notes, note => note.Contains("replaced", StringComparison.Ordinal));
    }

    [Fact]
    public void AnIndexWithoutName_IsNotListed()
    {
        using var scratch = new Scratch();
        Assert.Empty(TrainingImport.Read(scratch.Write("history.csv", ",epoch,val_acc\n0,0,0.5\n1,1,0.6\n")).Skipped);
    }

    [Fact]
    public void DivergedCurves_SayItInOneSentenceAfterTheOther()
    {
        using var scratch = new Scratch();
        var sentence = TrialFacts.VerdictOf(Read("step,loss\n0,1\n1,nan\n").Save(scratch["run"]).ReadTrial("history")).Sentence;
        Assert.StartsWith("The trial diverged: the cost is not finite at update 1. Only curves are recorded and no layer,", sentence,
            StringComparison.Ordinal);
        Assert.DoesNotContain("  ", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epoch,loss,mae,mse,val_loss,val_mae,val_mse,val_r2")]
    [InlineData("epoch,loss,mean_absolute_error,mean_squared_error,val_loss,val_mean_absolute_error,val_mean_squared_error,val_r2_score")]
    [InlineData("epoch,loss,train/MeanAbsoluteError,train/MeanSquaredError,eval_loss,eval_mae,eval_mse,eval_r_squared")]
    public void ErrorsOfNumbers_AreRmseMaeAndR2(string heading)
    {
        var training = Read($"{heading}\n0,4,1.5,4,9,2,9,0.25\n1,1,0.5,1,4,1,4,0.75\n");
        Assert.Equal([(0, 2.0, 1.5), (1, 1, 0.5)],
            training.Curve.Where(point => point.Split == "train").Select(point => (point.Update, point.Rmse!.Value, point.Mae!.Value)));
        Assert.Equal([(0, 75.0, 3.0, 2.0), (1, 25, 2, 1)],
            training.Curve.Where(point => point.Split == "test").Select(point => (point.Update, point.Error, point.Rmse!.Value, point.Mae!.Value)));
        using var scratch = new Scratch();
        var trial = training.Save(scratch["run"]).ReadTrial("history");
        Assert.Contains("the test R² rose from 0.250 to 0.750 (RMSE 2.0, MAE 1.0)", TrialFacts.VerdictOf(trial).Sentence, StringComparison.Ordinal);
        Assert.Equal((2, 1), (trial.Manifest.Result!.TestRmse, trial.Manifest.Result.TestMae));
    }

    [Fact]
    public void RmseWithoutR2_LeavesTheOutcomeOpen()
    {
        var training = Read("step,loss,val_root_mean_squared_error\n0,1,3\n1,1,2\n");
        Assert.Equal([3, 2], training.Curve.Where(point => point.Split == "test").Select(point => point.Rmse!.Value));
        Assert.Contains("RMSE or MAE on held-out examples are recorded and no R², so whether the network learns is not judged. Log R² too, as val_r2.",
            training.Notes);
    }

    [Fact]
    public void ColumnsThatMeanNothing_AreNamed()
    {
        using var scratch = new Scratch();
        var (training, _, skipped) = TrainingImport.Read(scratch.Write("history.csv",
            "epoch,step,lr-Adam,val_f1,loss,top5_acc,val_mape,val_acc,note\n0,9,0.1,0.5,2,0.9,12,0.5,begin\n0,19,0.1,0.5,1,0.95,11,0.75,\n"));
        Assert.Equal("history.csv: columns left out, because their names mean no cost, error, accuracy, RMSE, MAE or R²: lr-Adam, note, top5_acc, val_f1, "
            + "val_mape. To import one, call it val_loss or test_accuracy or the like.", Assert.Single(skipped));
        Assert.Equal([(9, 50.0), (19, 25)],
            training.Curve.Where(point => point.Split == "test").Select(point => (point.Update, point.Error)));
    }

    [Fact]
    public void CostsAlone_LeaveTheOutcomeOpen()
    {
        var training = Read("step,loss,val_loss\n0,1,1\n1,2,2\n");
        Assert.Contains("Costs on held-out examples are recorded and no errors, so whether the network learns is not judged. Log errors or "
            + "accuracies too.", training.Notes);
        Assert.DoesNotContain("NaN", training.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("Only the training curve is recorded, so whether the network learns is not judged. Log the error on held-out examples too.",
            Read("step,loss\n0,1\n1,2\n").Notes);
    }

    [Theory]
    [InlineData("", "expected a heading such as update,loss,accuracy, found an empty file")]
    [InlineData("step,lr,grad_norm\n1,2,3\n", "found grad_norm, lr. Rename one, or give another file.")]
    [InlineData("step,loss\n", "expected rows of numbers below the heading, found none. Give a file with some.")]
    [InlineData("step,loss\none,2\ntwo,3\n", "expected rows of numbers below the heading, found 2, none of which can be read.")]
    [InlineData("step;loss\n1;0,5\n2;0,25\n",
        "none of which can be read. Columns are parted by commas, semicolons or tabs, and numbers have a decimal point, as in 0.25.")]
    [InlineData("\u0001\u0002,loss\n1,2\n", "found bytes that are no text in UTF-8. Save the file as UTF-8, or give a CSV file.")]
    public void AFileWithoutCurves_IsRefused(string text, string part)
    {
        var error = Assert.Throws<InteropException>(() => Read(text));
        Assert.Contains("history.csv: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsOfOtherExamples_AreNotTakenForTraining()
    {
        var training = Read("update,split,loss\n0,train,1\n0,holdout,2\n5,,3\n5,holdout,4\n");
        Assert.Equal([1, 3], training.Curve.Select(point => point.Cost));
        Assert.Single(training.Notes, note => note == "Rows whose split is 'holdout' are left out: write train, validation or test there.");
    }

    private static ObservedTraining Read(string text)
    {
        using var scratch = new Scratch();
        return TrainingImport.Read(scratch.Write("history.csv", text)).Training;
    }
}
