using System.Buffers.Binary;
using System.Text;
using Sonde.Interop.Importing;
using Sonde.Interop.Tensors;

namespace Sonde.Interop.Tests.Curves;

public sealed class EventCurvesTests
{
    // The record that every event file begins with.
    private static readonly byte[] Version =
        Record(Message((1, 1.0), (3, "brain.Event:2")));

    [Fact]
    public void ChecksumsOfTheTest_AreThoseOfTheStandard() => Assert.Equal(0xE3069283, Crc32C(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void ScalarsOfBothForms_BecomeCurves()
    {
        using var scratch = new Scratch();
        Write(scratch["run/events.out.tfevents.1.host"], Version, Scalar("Loss/train", 0, 2.5f), Scalar("Loss/train", 10, 1.5f),
            Tensor("accuracy/test", 10, 0.75f), Scalar("lr", 10, 0.1f));
        var (training, kind, _) = TrainingImport.Read(scratch["run"]);
        Assert.Equal("TensorBoard's event files", kind);
        Assert.Equal([(0, "train", 2.5), (10, "train", 1.5)],
            training.Curve.Where(point => point.Split == "train").Select(point => (point.Update, point.Split, point.Cost)));
        Assert.Equal(25, Assert.Single(training.Curve, point => point.Split == "test").Error);
    }

    [Fact]
    public void FoldersOfKeras_NameTheExamples()
    {
        using var scratch = new Scratch();
        Write(scratch["logs/train/events.out.tfevents.1"], Version, Tensor("epoch_loss", 0, 1), Tensor("epoch_accuracy", 0, 0.5f));
        Write(scratch["logs/validation/events.out.tfevents.2"], Version, Tensor("evaluation_loss_vs_iterations", 79, 2), Tensor("epoch_loss", 0, 2));
        var training = TrainingImport.Read(scratch["logs"]).Training;
        Assert.Equal([(0, "train", 1.0, 50.0), (0, "validation", 2, double.NaN), (0, "test", 2, double.NaN)],
            training.Curve.Select(point => (point.Update, point.Split, point.Cost, point.Error)));
        Assert.Equal("epoch", training.Facts.CountedIn);
        Assert.Contains("The curve evaluation_loss_vs_iterations is left out: Keras logs the same numbers by epochs.", training.Notes);
    }

    [Fact]
    public void AFileThatIsStillWritten_GivesWhatIsWhole()
    {
        using var scratch = new Scratch();
        var record = Scalar("loss", 5, 1);
        Write(scratch["x/a.tfevents"], Version, Scalar("loss", 0, 2), record[..^2]);
        var training = TrainingImport.Read(scratch["x/a.tfevents"]).Training;
        Assert.Equal(("x", 2.0), (training.Name, Assert.Single(training.Curve).Cost));
        Assert.Contains(training.Notes, note => note.StartsWith("The last record of a.tfevents is cut", StringComparison.Ordinal));
    }

    [Fact]
    public void ADamagedRecord_GivesWhatComesBeforeIt()
    {
        using var scratch = new Scratch();
        var damaged = Scalar("loss", 5, 1);
        damaged[20] ^= 1;
        Write(scratch["x/a.tfevents"], Version, Scalar("loss", 0, 2), damaged, Scalar("loss", 10, 1));
        var training = TrainingImport.Read(scratch["x"]).Training;
        Assert.Equal((0L, 2.0), (Assert.Single(training.Curve).Update, training.Curve[0].Cost));
        Assert.Contains($"The record at byte {Version.Length + Scalar("loss", 0, 2).Length} of a.tfevents is damaged; what comes before it is taken. "
            + "Copy the file again to have the rest.", training.Notes);
    }

    [Fact]
    public void ATrainingThatIsContinued_ReplacesWhatItDoesAgain()
    {
        using var scratch = new Scratch();
        // A program that goes back to a checkpoint says so in a record of its own.
        Write(scratch["x/a.tfevents.1"], Version, Scalar("loss", 0, 9), Scalar("loss", 50, 8), Scalar("loss", 100, 7));
        Write(scratch["x/a.tfevents.2"], Version, Record(Message((1, 1.0), (2, 50L), (7, Message((1, 1L))))), Scalar("loss", 70, 6), Scalar("loss", 140, 5));
        Assert.Equal([(0, 9.0), (70, 6), (140, 5)], TrainingImport.Read(scratch["x"]).Training.Curve.Select(point => (point.Update, point.Cost)));
    }

    [Fact]
    public void SeveralTrainingsInAFolder_AreNotMixed()
    {
        using var scratch = new Scratch();
        Write(scratch["runs/a/events.tfevents"], Version, Scalar("loss", 0, 1), Scalar("loss", 10, 2));
        Write(scratch["runs/b/events.tfevents"], Version, Scalar("loss", 10, 7), Scalar("loss", 20, 8));
        var training = TrainingImport.Read(scratch["runs"]).Training;
        Assert.Equal([(0, 1.0), (10, 2)], training.Curve.Select(point => (point.Update, point.Cost)));
        Assert.Contains("The curve b/loss is left out: a/loss is taken for the train cost.", training.Notes);
        Assert.Contains($"{scratch["runs"]} holds several trainings, and one trial has the curves of one. Name the folder of each to have them all, such as "
            + $"{scratch["runs/b"]}.", training.Notes);
        Assert.Equal([7, 8], TrainingImport.Read(scratch["runs/b"]).Training.Curve.Select(point => point.Cost));
    }

    [Theory, InlineData(3, "record at byte 0"), InlineData(20, "event at byte 0")]
    public void AFlippedBit_IsNoticed(int place, string part)
    {
        using var scratch = new Scratch();
        var bytes = Scalar("loss", 0, 2);
        bytes[place] ^= 1;
        Write(scratch["x/a.tfevents"], bytes);
        Assert.Contains($"the {part} has a wrong checksum", Assert.Throws<InteropException>(() => TrainingImport.Read(scratch["x"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void PicturesAndTexts_AreNoCurves()
    {
        using var scratch = new Scratch();
        Write(scratch["x/a.tfevents"], Version, Scalar("grad_norm", 0, 1));
        Assert.Contains("expected scalars of costs, errors or accuracies, such as loss or val_accuracy, found grad_norm.",
            Assert.Throws<InteropException>(() => TrainingImport.Read(scratch["x"])).Message, StringComparison.Ordinal);
    }

    private static byte[] Scalar(string tag, long step, float value) => Record(Message((1, 1.0), (2, step), (5, Message((1, Message((1, tag), (2, value)))))));

    // As TensorFlow 2 writes a scalar: a tensor of no dimension with its bytes as content, and metadata of the plugin.
    private static byte[] Tensor(string tag, long step, float value) => Record(Message((1, 1.0), (2, step), (5, Message((1, Message(
        (1, tag), (9, Message((1, Message((1, "scalars"))))), (8, Message((1, 1L), (2, Array.Empty<byte>()), (4, BitConverter.GetBytes(value))))))))));

    private static void Write(string path, params byte[][] records)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [.. records.SelectMany(record => record)]);
    }

    private static byte[] Record(byte[] data)
    {
        var length = BitConverter.GetBytes((long)data.Length);
        return [.. length, .. Sum(length), .. data, .. Sum(data)];
    }

    private static byte[] Sum(byte[] data)
    {
        var (crc, sum) = (Crc32C(data), new byte[4]);
        BinaryPrimitives.WriteUInt32LittleEndian(sum, ((crc >> 15) | (crc << 17)) + 0xa282ead8);
        return sum;
    }

    // Bit by bit, from the polynomial.
    private static uint Crc32C(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }
        return ~crc;
    }

    private static byte[] Message(params (int Field, object Value)[] fields) => [.. fields.SelectMany(field => field.Value switch
    {
        long number => [.. Varint((ulong)field.Field << 3), .. Varint((ulong)number)],
        double number => [.. Varint(((ulong)field.Field << 3) | 1), .. BitConverter.GetBytes(number)],
        float number => [.. Varint(((ulong)field.Field << 3) | 5), .. BitConverter.GetBytes(number)],
        string text => Bytes(field.Field, Encoding.UTF8.GetBytes(text)),
        byte[] bytes => Bytes(field.Field, bytes),
        _ => throw new ArgumentException("Expected a number, a text or bytes.", nameof(fields)),
    })];

    private static byte[] Bytes(int field, byte[] bytes) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
