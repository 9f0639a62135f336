using Sonde.Data;
using Sonde.Data.Published;

namespace Sonde.Tests.Data.Published;

/// <summary>On files of the right sizes that are empty but for what a test writes: the real ones are not needed.</summary>
public sealed class Cifar10Tests : IDisposable
{
    private const int Record = 3073, Batch = 10_000;

    private readonly TemporaryFolder folder = new();

    public Cifar10Tests()
    {
        foreach (var file in Cifar10Files.All)
        {
            using var disk = File.Create(folder.File(file.Name));
            disk.SetLength(Batch * Record);
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SixFiles_GiveThePapersSplitInPlanesOfColour()
    {
        Put("data_batch_1.bin", 0, 1);
        Put("data_batch_4.bin", Batch - 1, 4);
        Put("data_batch_5.bin", 0, 5);
        Put("test_batch.bin", 7, 9);
        var data = new Cifar10(folder.Path);
        Assert.Equal(("cifar10", 3072, new ImageShape(3, 32, 32), PixelRange.MinusOneToOne), (data.Name, data.Inputs, data.Shape, data.Range));
        Assert.Equal(new(-1, 1), data.InputRange);
        Assert.Equal("airplane automobile bird cat deer dog frog horse ship truck", string.Join(' ', data.Classes));
        Assert.Equal([40_000, 10_000, 10_000, 10_000], Enum.GetValues<Split>().Select(split => data.Open(split, 1).Count!.Value));

        var train = data.Open(Split.Train, 1);
        Assert.Equal([1, 4], Enumerable.Range(0, 400).SelectMany(k => train.Read(k * 100, 100).Labels).Where(label => label > 0).Order());
        var (validated, labels) = data.Open(Split.Validation, 1).Read(0, 2);
        Assert.Equal([5, 0], labels);
        foreach (var (place, value) in new[] { (0, 10), (1023, 10), (1024, 20), (2048, 30), (3071, 30) })
            Assert.Equal(value / 255f * 2 - 1, validated[place], 1e-6);
        Assert.Equal(9, data.Open(Split.Test, 1).Read(7, 1).Labels[0]);
        Assert.Equal(10 / 255f, new Cifar10(folder.Path, PixelRange.ZeroToOne).Open(Split.Test, 1).Read(7, 1).Inputs[0], 1e-6);
    }

    [Fact]
    public void TruncatedFile_SaysWhichAndHowLongItShouldBe()
    {
        using (var disk = File.OpenWrite(folder.File("data_batch_3.bin")))
            disk.SetLength(1_000_000);
        AssertError($"{folder.File("data_batch_3.bin")}: expected 10000 records of 3073 bytes = 30730000 bytes, found 1000000 bytes. "
            + "Run `sonde data fetch cifar10` for the original files.");
    }

    [Fact]
    public void WrongFileOfTheRightSize_IsFoundByItsLabels()
    {
        Put("test_batch.bin", 12, 77);
        AssertError($"{folder.File("test_batch.bin")}: expected a label of 0 to 9 at the beginning of each record of 3073 bytes, found 77 in record 12, "
            + "counted from 0, at byte 36876. Run `sonde data fetch cifar10` for the original files.");
    }

    [Fact]
    public void MissingFile_IsNamed()
    {
        File.Delete(folder.File("data_batch_2.bin"));
        Assert.False(Cifar10Files.AreIn(folder.Path));
        Assert.StartsWith($"{folder.File("data_batch_2.bin")}: expected a file that can be read, found that it cannot (",
            Assert.Throws<DataException>(() => new Cifar10(folder.Path)).Message);
    }

    private void AssertError(string message) => Assert.Equal(message, Assert.Throws<DataException>(() => new Cifar10(folder.Path)).Message);

    // A record whose planes are 10, 20 and 30.
    private void Put(string file, int record, byte label)
    {
        using var disk = File.OpenWrite(folder.File(file));
        disk.Position = (long)record * Record;
        disk.WriteByte(label);
        foreach (byte value in new byte[] { 10, 20, 30 })
            disk.Write([.. Enumerable.Repeat(value, 1024)]);
    }
}
