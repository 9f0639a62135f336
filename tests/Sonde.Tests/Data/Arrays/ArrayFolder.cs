using System.Text;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;

namespace Sonde.Tests.Data.Arrays;

/// <summary>Files of arrays in a folder of their own, and what a dataset makes of them.</summary>
public abstract class ArrayFolder : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string Error(string name) => Assert.Throws<DataException>(() =>
        ArrayFiles.Open(name.Length == 0 ? Folder.Path : Folder.File(name), new() { Validation = 1, Test = 1 }, 1, Nowhere)).Message;

    private protected static DataFolder Nowhere { get; } = new(null, null, "/nowhere");

    private protected ArrayDataset Open(ArraySettings settings, ulong seed = 1) => ArrayFiles.Open(Folder.Path, settings, seed, Nowhere);

    private protected void AssertError(string place, string error, string? path = null, ArraySettings? settings = null)
    {
        string At(string name) => name.Length == 0 ? Folder.Path : Folder.File(name);
        Assert.Equal($"{At(place)}: {error}", Assert.Throws<DataException>(() => ArrayFiles.Open(At(path ?? place), settings ?? new(), 1, Nowhere)).Message);
    }

    private protected void Text(string name, string content) => File.WriteAllText(Folder.File(name), content, new UTF8Encoding(false));

    private protected void Npy(string name, string type, string shape, byte[] values) =>
        File.WriteAllBytes(Folder.File(name), NpyFileTests.File1($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}", values));

    private protected static byte[] Int64(Func<int, long> value, int count) => [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes(value(i)))];

    private protected static long Count(Dataset data, Split split) => data.Open(split, 1).Count!.Value;

    private protected static float[] Inputs(Dataset data, Split split) => Read(data, split).Inputs;

    private protected static int[] Labels(Dataset data, Split split) => Read(data, split).Labels;

    private protected static (float[] Inputs, int[] Labels) Read(Dataset data, Split split)
    {
        var stream = data.Open(split, 1);
        var (inputs, labels) = (new float[stream.Count!.Value * data.Inputs], new int[stream.Count.Value]);
        stream.Read(0, inputs, labels);
        return (inputs, labels);
    }
}
