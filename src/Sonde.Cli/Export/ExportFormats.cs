using Sonde.Analysis.Contents;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Cli.Export;

/// <summary>The files of an export: one for each kind of table, with the trial's id in the first column.</summary>
internal interface IExportTables : IDisposable
{
    /// <summary>Adds a trial's row: its status, its last errors, its whole setting.</summary>
    void Add(FoundTrial trial);

    /// <summary>Adds a trial's tables.</summary>
    /// <param name="trial">Its records.</param>
    /// <param name="answers">Its answers to the test examples.</param>
    void Add(RecordedTrial trial, IReadOnlyList<Prediction> answers);

    /// <summary>Gives all files their final names.</summary>
    IReadOnlyList<(string Path, long Rows)> Finish();
}

/// <summary>The formats of <c>sonde export</c>.</summary>
internal static class ExportFormats
{
    /// <summary>Comma-separated text.</summary>
    public const string Csv = "csv";

    /// <summary>Apache Parquet, with the column types of the run folder.</summary>
    public const string Parquet = "parquet";

    /// <summary>Event files of TensorBoard, one for each trial.</summary>
    public const string TensorBoard = "tensorboard";

    /// <summary>The <c>state_dict</c> of a PyTorch network, as safetensors.</summary>
    public const string PyTorch = "pytorch";

    /// <summary>ONNX, for any runtime of it.</summary>
    public const string Onnx = "onnx";

    /// <summary>All of them, the usual one first.</summary>
    public static IReadOnlyList<string> All { get; } = [Csv, Parquet, TensorBoard, PyTorch, Onnx];

    /// <summary>True for a format of networks, false for one of tables.</summary>
    public static bool IsOfWeights(string format) => format is PyTorch or Onnx;

    /// <summary>Creates the files of an export.</summary>
    /// <param name="format"><see cref="Csv"/>, <see cref="Parquet"/> or <see cref="TensorBoard"/>.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="settings">The fields of the trials' settings; each becomes a column.</param>
    public static IExportTables Open(string format, string folder, IReadOnlyList<string> settings) =>
        format switch
        {
            Parquet => new ParquetTables(folder, settings),
            TensorBoard => new EventTables(folder),
            _ => new CsvTables(folder, settings),
        };
}
