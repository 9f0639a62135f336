using Sonde.Analysis.Contents;
using Sonde.Interop.Tensors;
using Sonde.Interop.Weights;
using Sonde.Networks;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Studies;

namespace Sonde.Cli.Export;

/// <summary>The networks of a run folder, written for other frameworks: a file for each trial that has a checkpoint.</summary>
/// <param name="Files">Each file with its number of parameters.</param>
/// <param name="LeftOut">Trials without a file, and why; one sentence each.</param>
internal sealed record WeightsExport(IReadOnlyList<(string Path, long Parameters)> Files, IReadOnlyList<string> LeftOut)
{
    /// <summary>Writes every network.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="folder">The folder to write to; made if it is missing.</param>
    /// <param name="format"><see cref="ExportFormats.PyTorch"/> or <see cref="ExportFormats.Onnx"/>.</param>
    public static WeightsExport Write(RunFolder run, string folder, string format)
    {
        DurableFile.PrepareFolder(folder);
        var (files, leftOut) = (new List<(string, long)>(), new List<string>());
        foreach (var trial in RunContents.Read(run))
            try
            {
                if (trial.Manifest is null || run.FindParameters(trial.Id) is not { } parameters)
                {
                    leftOut.Add($"{trial.Id} is left out: it has no checkpoint, so its weights are not recorded.");
                    continue;
                }
                var path = Path.Combine(folder, $"{trial.Id}.{(format == ExportFormats.Onnx ? "onnx" : "safetensors")}");
                DurableFile.Write(path, format == ExportFormats.Onnx
                    ? OnnxWriter.ToBytes(parameters, ActivationsOf(trial, parameters), trial.Setting.Output) : StateDictFile.ToBytes(parameters));
                files.Add((path, parameters.Layers.Sum(layer => (long)layer.Weights.Length + layer.Biases.Length)));
            }
            catch (Exception cause) when (cause is RecordException or InteropException)
            {
                leftOut.Add($"{trial.Id} is left out: {cause.Message}");
            }
        return new(files, leftOut);
    }

    private static IReadOnlyList<Activation> ActivationsOf(FoundTrial trial, Parameters parameters) =>
        [.. Enumerable.Range(1, parameters.Layers.Count - 1).Select(layer => trial.Setting.ActivationOf(layer) ?? throw new InteropException(
            $"its activation '{trial.Setting.TextOf(SettingField.Activation)}' is none that this Sonde lists. Export it to pytorch."))];
}
