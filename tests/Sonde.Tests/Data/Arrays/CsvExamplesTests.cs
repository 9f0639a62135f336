using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

public sealed class CsvExamplesTests : IDisposable
{
    private const string Flowers = "length,width,species\n5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,virginica\n4.9,3,setosa\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("species", null)]
    [InlineData("3", null)]
    [InlineData("species", true)]
    public void Header_NamesTheColumns(string label, bool? header)
    {
        var read = Read(Flowers, label, header);
        Assert.Equal((2, 4), (read.Inputs, read.Count));
        Assert.Equal([5.1f, 3.5f, 7, 3.2f, 6.3f, 3.3f, 4.9f, 3], read.Floats!);
        Assert.Equal(["setosa", "versicolor", "virginica", "setosa"], read.Labels.Select(l => read.Names[l]));
        Assert.Equal(["length", "width"], read.Columns);
        Assert.Equal($"{folder.File("x.csv")}: 4 lines of 2 features, with a header, the label in column 3", read.Account);
    }

    [Theory]
    [InlineData("7,0.5,1\n3,1.5,2\n", null, 2)]
    [InlineData("7,0.5,1\n3,1.5,2\n", false, 2)]
    [InlineData("1,2,3\n7,0.5,1\n3,1.5,2\n", true, 2)]
    [InlineData("1,2,3\n7,0.5,1\n3,1.5,2\n", null, 3)]
    [InlineData("digit;dark;light\n7;0.5;1\n3;1.5;2\n", null, 2)]
    [InlineData("cat,0.5,1\ndog,1.5,2\n", null, 2)]
    public void LabelByPlace_NeedsNoHeader(string text, bool? header, int count)
    {
        var read = Read(text, "1", header);
        Assert.Equal((2, count), (read.Inputs, read.Count));
        Assert.Equal([0.5f, 1, 1.5f, 2], read.Floats![^4..]);
    }

    [Fact]
    public void NumberAsAName_IsTheColumnOfThatNameFirst() => Assert.Equal(["a", "b"], Read("2,1,x\n5,6,a\n7,8,b\n", "x", true).Names);

    [Theory]
    [InlineData("length,species\n5.1,setosa\n,virginica\n", "species",
        ", line 3, column 1: expected a finite number with a decimal point, found an empty cell. Fill it in, or leave the line or the column out: "
        + "Sonde does not guess missing values.")]
    [InlineData("length,species\n5.1,setosa\nNaN,virginica\n", "species",
        ", line 3, column 1: expected a finite number with a decimal point, found 'NaN'. Fill it in, or leave the line or the column out: Sonde "
        + "does not guess missing values.")]
    [InlineData("length,species\n5.1,setosa\n1e39,virginica\n", "species",
        ", line 3, column 1: expected a finite number with a decimal point, found '1e39'. It is too large for single precision, at most 3.4e38: "
        + "divide the column.")]
    [InlineData("length;species\n5,1;setosa\n", "species",
        ", line 2, column 1: expected a finite number with a decimal point, found '5,1'. Write a decimal point instead of the comma.")]
    [InlineData("length,species\n5.1,setosa\n4.9\n", "species",
        ", line 3: expected 2 cells, as on the first line, found 1. Correct the line, or put cells with separators in quotes.")]
    [InlineData("length,species\n5.1, \n", "species", ", line 2, column 5: expected a label, found an empty cell. Fill it in, or leave the line out.")]
    [InlineData("length,species\n5.1,setosa\n", "class",
        ", line 1: expected a column of labels called 'class', found the columns length, species. Give its name or its place, counted from 1: `label: "
        + "NAME` or `label: 1`.")]
    [InlineData("1,2,3\n4,5,6\n", "label",
        ", line 1: expected a column of labels called 'label', found no names, but 3 columns of numbers. Give its name or its place, counted from 1: "
        + "`label: NAME` or `label: 1`.")]
    [InlineData("1,2,3\n4,5,6\n", "4",
        ", line 1: expected a column of labels called '4', found no names, but 3 columns of numbers. Give its name or its place, counted from 1: `label: "
        + "NAME` or `label: 1`.")]
    [InlineData("a,b,a\n4,5,6\n", "a",
        ", line 1, column 5: expected one column 'a', found a second one. Rename one, or give the place of the labels: `label: 1`.")]
    [InlineData("length,species\n", "species", ": expected lines of numbers with a label, found a header alone. Use the right file.")]
    [InlineData("\n\n", "species", ": expected lines of numbers with a label, found an empty file. Use the right file.")]
    [InlineData("label\n1\n2\n", "label",
        ": expected a label and at least one number per line, separated by commas, semicolons or tabs, found one column. Use the right file.")]
    public void Mistake_IsToldWithItsPlace(string text, string label, string error) =>
        Assert.Equal(folder.File("x.csv") + error, Assert.Throws<DataException>(() => Read(text, label)).Message);

    [Theory]
    [InlineData("1,234", "Remove the separators between thousands, and write a decimal point.")]
    [InlineData("1'234", "Remove the separators between thousands, and write a decimal point.")]
    [InlineData("1,234.5", "Remove the separators between thousands, and write a decimal point.")]
    [InlineData("0,5", "Write a decimal point instead of the comma.")]
    [InlineData("NA", "Fill it in, or leave the line or the column out: Sonde does not guess missing values.")]
    [InlineData("?", "Fill it in, or leave the line or the column out: Sonde does not guess missing values.")]
    [InlineData("True", "Write 1 and 0 instead of such words.")]
    [InlineData("12%", "Remove the per cent signs of the column.")]
    [InlineData("\u22125", "Its minus sign is a typographer's: write '-'.")]
    [InlineData("2024-01-31", "Write dates as numbers, such as days since the first one.")]
    [InlineData("red", "Write a column of 0 and 1 for each word, or leave the column out.")]
    [InlineData("0x10", "Correct it, or leave the line or the column out.")]
    [InlineData("inf", "Correct it, or leave the line or the column out.")]
    public void ACellThatIsNoNumber_IsToldWithItsCure(string cell, string cure) => Assert.EndsWith($"'{cell}'. {cure}",
        Assert.Throws<DataException>(() => Read($"a;label\n1;x\n{cell};y\n", "label", true)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("sep=;\na;label\n1;x\n", "Remove this line, which is for a spreadsheet alone.")]
    [InlineData("# by me\na,label\n1,x\n", "Remove the lines of comment from the beginning of the file.")]
    [InlineData("a,Label\n1,x\n", "Its name has other capitals: `label: Label`.")]
    [InlineData("a|b|label\n1|2|x\n", "'|' separates the columns: put commas, semicolons or tabs between them.")]
    [InlineData("1,x\n2,y\n", "If this line is data, give the place of the labels, counted from 1 (`label: 1`), or put a line of names before it.")]
    [InlineData("a,species\n1,x\n", "Give its name or its place, counted from 1: `label: NAME` or `label: 1`.")]
    public void AFirstLineWithoutTheLabel_IsToldWithItsCure(string text, string cure) => Assert.EndsWith(cure,
        Assert.Throws<DataException>(() => Read(text, "label")).Message, StringComparison.Ordinal);

    [Fact]
    public void ColumnsOfOneNameAndColumnsThatCount_AreSaid() => Assert.Equal(
        [
            "features: id, a, a", $"{folder.File("x.csv")}: 2 columns are called 'a' (2, 3); all are inputs",
            $"{folder.File("x.csv")}: column 1 ('id') only counts the lines, but it is an input; remove it from the file",
        ],
        Read("id,a,a,label\n0,5,1,x\n1,7,2,y\n2,3,9,x\n", "label").Notes);

    [Fact]
    public void ColumnOfNumbersTakenForLabels_IsNoticed() => Assert.Equal(
        $"{folder.File("x.csv")}, line 258: expected at most 256 different labels, found more in column 1. Is it the column of labels? Name the right one "
            + "with `label`.",
        Assert.Throws<DataException>(() => Read("a,b\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},1\n")), "a")).Message);

    [Fact]
    public void AnyCell_IsANumberOfItsOwnOrRefused()
    {
        // A number that another program wrote never becomes another number.
        foreach (var text in (string[])["1", "-1.5e3", "+2", ".5", "5.", " 7 ", "\"8\"", "0x10", "1_000", "1.000.000", "１", "1 2", "--1", "true", "inf",
            "-Infinity", "1e", "e5"])
        {
            var isNumber = double.TryParse(text.Trim(' ', '"'), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
                out var value) && double.IsFinite(value);
            if (isNumber)
                Assert.Equal((float)value, Read($"x,label\n{text},a\n", "label").Floats![0]);
            else
                Assert.StartsWith($"{folder.File("x.csv")}, line 2, column 1: expected a finite number",
                    Assert.Throws<DataException>(() => Read($"x,label\n{text},a\n", "label")).Message);
        }
    }

    [Theory]
    [InlineData("0,1,2,class\n5,6,7,3\n8,9,1,4\n", "4", 2)]
    [InlineData("5,6,7,cat\n8,9,1,dog\n", "4", 2)]
    [InlineData("1,2,3,9\n8,9,1,4\n", "4", 2)]
    public void CellOfTheLabel_CountsForTheHeader(string text, string label, int count) => Assert.Equal(count, Read(text, label).Count);

    [Fact]
    public void AFirstLineThatIsBoth_IsSaid()
    {
        var file = folder.File("x.csv");
        Assert.Equal([$"{file}: the first line (0, 1, 2, 3) was read as data, although it may number the columns; `header: true` reads it as names"],
            Read("0,1,2,3\n5,6,7,3\n", "4").Notes);
        Assert.Equal(
        [
            $"{file}: the first line (?, 3.5, a) was read as names, although 1 of them is a number; `header: false` reads it as data",
            "features: ?, 3.5",
        ], Read("?,3.5,a\n2,1.5,b\n", "3").Notes);
        Assert.Equal(["features: 0, 1"], Read("0,1,y\n5,6,3\n", "y", true).Notes);
        Assert.Empty(Read("5,6,3\n1,2,4\n", "3").Notes);
    }

    [Fact]
    public void AColumnThatOnlyCountsLines_IsSaid() => Assert.Equal(
        ["features: (no name), a", $"{folder.File("x.csv")}: column 1 has no name and only counts the lines, but it is an input; remove it from the file"],
        Read(",a,label\n0,5,x\n1,7,y\n2,3,x\n", "label").Notes);

    [Theory]
    [InlineData("1e-4\0\0")]
    [InlineData("1\u0007")]
    [InlineData("\u200b1")]
    public void ANumberWithControlCharacters_IsNoNumber(string cell) => Assert.Equal(
        $"{folder.File("x.csv")}, line 2, column 1: expected a finite number with a decimal point, found "
            + $"'{PrintableText.From(cell)}'. Remove the control characters.",
        Assert.Throws<DataException>(() => Read($"a,label\n{cell},x\n2,y\n", "label", true)).Message);

    [Theory]
    [InlineData("1 2 0\n3 4 1\n", "label")]
    [InlineData("1 2 0\n3 4 1\n", "1")]
    public void ColumnsBetweenSpaces_AreNamed(string text, string label) => Assert.EndsWith("Spaces separate the columns: put commas between them.",
        Assert.Throws<DataException>(() => Read(text, label)).Message);

    [Fact]
    public void ControlCharacters_NeverReachAMessage() => Assert.Contains("found 'a?[31m?b'",
        Assert.Throws<DataException>(() => Read("a,label\n\"a\u001b[31m\nb\",x\n", "label")).Message);

    private RawExamples Read(string text, string label, bool? header = null)
    {
        File.WriteAllText(folder.File("x.csv"), text);
        return new CsvExamples(folder.File("x.csv"), new() { Label = label, Header = header }).Read();
    }
}
