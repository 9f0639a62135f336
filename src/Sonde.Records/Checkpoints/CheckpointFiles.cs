using Sonde.Networks;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Training;

namespace Sonde.Records.Checkpoints;

/// <summary>Writes and reads a checkpoint as files: <c>checkpoint/UPDATE/</c> with <c>parameters.safetensors</c>, <c>optimizer.safetensors</c> and
/// <c>state.json</c>; in pre-training <c>decoders.safetensors</c> too.</summary>
internal static class CheckpointFiles
{
    /// <summary>The folder of all checkpoints, in that of the trial.</summary>
    public const string Folder = "checkpoint";

    private const string ParametersFile = "parameters.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string StateFile = "state.json";
    private const string DecodersFile = "decoders.safetensors";

    /// <summary>Returns the folder of the checkpoint at an update, relative to the trial's.</summary>
    public static string NameOf(long update) => $"{Folder}/{PartName.Of(update)}";

    /// <summary>Returns the names of the files in that folder, and their content.</summary>
    public static IReadOnlyList<(string Name, FileContent Content)> ToFiles(Checkpoint checkpoint) =>
    [
        (ParametersFile, Safetensors.ToContent(ParameterTensors.FromParameters(checkpoint.Parameters))),
        (OptimizerFile, Safetensors.ToContent(OptimizerTensors.FromState(checkpoint.OptimizerState))),
        (StateFile, next => next(RecordJson.ToBytes(new()
        {
            Update = checkpoint.Update,
            Kernels = checkpoint.Kernels,
            OptimizerSteps = checkpoint.OptimizerState.Steps,
            Tally = checkpoint.Tally,
            TrainingSeconds = checkpoint.TrainingSeconds,
        }, CheckpointJson.Instance.CheckpointState))),
        .. Decoders(checkpoint),
    ];

    private static IEnumerable<(string Name, FileContent Content)> Decoders(Checkpoint checkpoint) =>
        checkpoint.DecoderBiases is { } biases ? [(DecodersFile, Safetensors.ToContent(DecoderTensors.FromBiases(biases)))] : [];

    /// <summary>Reads the parameters of the checkpoint at an update.</summary>
    /// <exception cref="RecordException">They are damaged.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Parameters ReadParameters(string trialDirectory, IReadOnlyList<RecordedFile> files, long update)
    {
        var file = files.FirstOrDefault(file => file.Path == $"{NameOf(update)}/{ParametersFile}") ?? throw new RecordException(
            $"{trialDirectory}: expected '{NameOf(update)}/{ParametersFile}' among the files that trial.json lists, found none of this name. "
            + "Delete the trial's folder and run it again.");
        var path = Path.Combine(trialDirectory, file.Path);
        return ParameterTensors.Read(Safetensors.FromBytes(DurableFile.ReadExactly(trialDirectory, file), path), path);
    }

    /// <summary>Reads the checkpoint at an update.</summary>
    /// <param name="trialDirectory">The trial's folder.</param>
    /// <param name="files">The files that count there.</param>
    /// <param name="update">The update.</param>
    /// <param name="network">The network that it must be of.</param>
    /// <exception cref="RecordException">It is damaged, or of another network.</exception>
    /// <exception cref="IOException">One of its files is missing or cannot be read.</exception>
    public static Checkpoint Read(string trialDirectory, IReadOnlyList<RecordedFile> files, long update, Network network)
    {
        (byte[] Content, string Path) File(string name)
        {
            var file = files.FirstOrDefault(f => f.Path == $"{NameOf(update)}/{name}") ?? throw new RecordException(
                $"{trialDirectory}: expected '{NameOf(update)}/{name}' among the files that trial.json lists, found none of this name. "
                + "Delete the trial's folder and run it again.");
            return (DurableFile.ReadExactly(trialDirectory, file), Path.Combine(trialDirectory, file.Path));
        }
        var (state, parameters, optimizer) = (File(StateFile), File(ParametersFile), File(OptimizerFile));
        var read = RecordJson.FromBytes(state.Content, state.Path, CheckpointJson.Instance.CheckpointState);
        return new(
            read.Update,
            read.Kernels,
            ParameterTensors.Read(Safetensors.FromBytes(parameters.Content, parameters.Path), network, parameters.Path),
            OptimizerTensors.Read(Safetensors.FromBytes(optimizer.Content, optimizer.Path), network, read.OptimizerSteps, optimizer.Path),
            read.Tally,
            read.TrainingSeconds)
        {
            DecoderBiases = update < 0 && File(DecodersFile) is var decoders
                ? DecoderTensors.Read(Safetensors.FromBytes(decoders.Content, decoders.Path), network, decoders.Path) : null,
        };
    }
}
