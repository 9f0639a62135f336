using Sonde.Interop.Tensors;

namespace Sonde.Interop.Tests.Tensors;

public sealed class TensorFileTests
{
    private static readonly float[] Values = [1, -2.5f, 0.375f, 100];

    [Fact]
    public void EveryTypeOfNumber_IsReadAsFloats()
    {
        using var scratch = new Scratch();
        using var file = Open(scratch, new SafetensorsBytes().Add("single", [2, 2], Values).AddHalf("half", [4], Values).AddBrain("brain", [4, 1], Values)
            .Add("double", "F64", [4], [.. Values.SelectMany(value => BitConverter.GetBytes((double)value))]).AddLabels("whole", 3, -1, 4));
        foreach (var name in (string[])["single", "half", "brain", "double"])
            Assert.Equal(Values, file.Read(file.Find(name)!));
        Assert.Equal([3, -1, 4], file.Read(file.Find("whole")!));
        Assert.Equal("2x2", file.Find("single")!.ShapeText);
    }

    [Fact]
    public void NaNAndInfinity_SurviveEveryFloatType()
    {
        using var scratch = new Scratch();
        float[] strange = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        using var file = Open(scratch, new SafetensorsBytes().Add("single", [3], strange).AddHalf("half", [3], strange).AddBrain("brain", [3], strange));
        foreach (var entry in file.Entries)
            Assert.Equal(strange, file.Read(entry));
    }

    [Fact]
    public void ACutFile_NamesTheTensorThatIsCut_AndStillReadsTheOthers()
    {
        using var scratch = new Scratch();
        var bytes = new SafetensorsBytes().Add("first", [4], Values).Add("second", [4], Values).ToArray();
        File.WriteAllBytes(scratch["cut.safetensors"], bytes[..^3]);
        using var file = TensorFile.Open(scratch["cut.safetensors"]);
        Assert.Equal(Values, file.Read(file.Find("first")!));
        var error = Assert.Throws<InteropException>(() => file.Read(file.Find("second")!));
        Assert.Equal($"{scratch["cut.safetensors"]}: tensor 'second' should end at byte 32 of the data, and the file holds 29: it is cut off. "
            + "Copy or write the file again.", error.Message);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "of shape 3 and type F32 needs 12 bytes, and its data_offsets give it 8.")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "needs 8 bytes, and its data_offsets give it -8.")]
    [InlineData("""{"w":{"dtype":"F4","shape":[2],"data_offsets":[0,8]}}""", "is of type F4; Sonde reads F64, F32")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "has no dtype, shape and data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[9000000000000000000, 9000000000000000000],"data_offsets":[0,8]}}""", "data_offsets give it 8.")]
    [InlineData("""{"w":7}""", "has no dtype, shape and data_offsets")]
    public void ALyingHeader_IsNamedWithItsTensor(string header, string part)
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x"], [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header), .. new byte[8]]);
        using var file = TensorFile.Open(scratch["x"]);
        var error = Assert.Throws<InteropException>(() => file.Read(file.Find("w")!));
        Assert.StartsWith($"{scratch["x"]}: tensor 'w' ", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    // The same bytes, some of them, and one tensor within another; in the header the second comes first.
    [InlineData(0, 16, 0, 16), InlineData(0, 16, 8, 24), InlineData(0, 24, 4, 12), InlineData(8, 24, 0, 12)]
    public void TensorsThatShareBytes_AreRefusedByBothNames_AndOthersAreRead(int begin, int end, int otherBegin, int otherEnd)
    {
        using var scratch = new Scratch();
        string Entry(string name, int from, int to) => $$"""
            "{{name}}":{"dtype":"F32","shape":[{{(to - from) / 4}}],"data_offsets":[{{from}},{{to}}]}
            """;
        var header = $"{{{Entry("a", begin, end)},{Entry("b", otherBegin, otherEnd)},{Entry("c", 24, 32)},{Entry("none", 4, 4)}}}";
        File.WriteAllBytes(scratch["x"], [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header), .. new byte[32]]);
        using var file = TensorFile.Open(scratch["x"]);
        Assert.Equal($"{scratch["x"]}: tensor 'a' has the data_offsets {begin} to {end}, and 'b' has {otherBegin} to {otherEnd}: they overlap. The header is "
            + "wrong: write the file again.", Assert.Throws<InteropException>(() => file.Read(file.Find("a")!)).Message);
        Assert.Contains($"tensor 'b' has the data_offsets {otherBegin} to {otherEnd}, and 'a' has {begin} to {end}: they overlap.",
            Assert.Throws<InteropException>(() => file.Read(file.Find("b")!)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], file.Read(file.Find("c")!));
        Assert.Empty(file.Read(file.Find("none")!));
    }

    [Fact]
    public void TheOrderOfTheHeader_NeedNotBeThatOfTheData()
    {
        using var scratch = new Scratch();
        const string header = """{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        File.WriteAllBytes(scratch["x"], [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header),
            .. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f)]);
        using var file = TensorFile.Open(scratch["x"]);
        Assert.Equal((1, 2), (file.Read(file.Find("a")!)[0], file.Read(file.Find("b")!)[0]));
        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "has 3 bytes, too few for a header")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 0 }, "says that its header takes 18446744073709551615 bytes, and has 9 bytes in all")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 65 }, "has a header that is not the JSON of tensors")]
    public void AFileWithoutHeader_IsRefused(byte[] content, string part)
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x"], content);
        Assert.Contains(part, Assert.Throws<InteropException>(() => TensorFile.Open(scratch["x"])).Message, StringComparison.Ordinal);
    }

    private static TensorFile Open(Scratch scratch, SafetensorsBytes bytes)
    {
        File.WriteAllBytes(scratch["file.safetensors"], bytes.ToArray());
        return TensorFile.Open(scratch["file.safetensors"]);
    }
}
