using System.Globalization;
using Sonde.Networks;
using Sonde.Training;

namespace Sonde.Records;

/// <summary>A checkpoint that was read, and what was wrong with newer ones.</summary>
/// <param name="Checkpoint">The newest readable one.</param>
/// <param name="Warnings">One sentence for each newer one that is damaged.</param>
public sealed record FoundCheckpoint(Checkpoint Checkpoint, IReadOnlyList<string> Warnings);

/// <summary>The checkpoints of a trial: <c>checkpoint/UPDATE/</c> with <c>parameters.safetensors</c>, <c>optimizer.safetensors</c> and <c>state.json</c>.</summary>
/// <remarks>A checkpoint appears whole, by renaming its folder; the last two are kept.</remarks>
/// <param name="directory">The folder <c>checkpoint</c>, which need not exist yet.</param>
public sealed class CheckpointFolder(string directory)
{
    internal const string ParametersFile = "parameters.safetensors";
    internal const string OptimizerFile = "optimizer.safetensors";
    internal const string StateFile = "state.json";
    private const int Kept = 2;

    /// <summary>The updates at which there is a checkpoint, the newest first.</summary>
    public IReadOnlyList<long> Updates => !Directory.Exists(directory) ? [] :
        [.. Directory.EnumerateDirectories(directory).Select(folder => PartName.Parse(Path.GetFileName(folder))).OfType<long>().OrderDescending()];

    /// <summary>The folder of the checkpoint at an update.</summary>
    public string PathOf(long update) => Path.Combine(directory, PartName.Of(update));

    /// <summary>Writes a checkpoint, then removes all but the last two.</summary>
    /// <param name="checkpoint">The state to resume from.</param>
    /// <param name="besides">Further files for the same folder, by name.</param>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public void Write(Checkpoint checkpoint, IReadOnlyDictionary<string, byte[]>? besides = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var folder = PathOf(checkpoint.Update);
        var temporary = folder + DurableFile.TemporarySuffix;
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);

        var files = new List<RecordedFile>();
        void Add(string name, byte[] content)
        {
            DurableFile.Write(Path.Combine(temporary, name), content);
            files.Add(DurableFile.Describe(name, content));
        }
        Add(ParametersFile, Safetensors.ToBytes(ParameterTensors.Of(checkpoint.Parameters)));
        Add(OptimizerFile, Safetensors.ToBytes([.. checkpoint.OptimizerState.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new Tensor(s.Key, [s.Value.Length], s.Value))]));
        foreach (var (name, content) in besides ?? new Dictionary<string, byte[]>())
            Add(name, content);
        var state = new CheckpointState
        {
            Update = checkpoint.Update, Kernels = checkpoint.Kernels, Tally = checkpoint.Tally, TrainingSeconds = checkpoint.TrainingSeconds, Files = files,
        };
        DurableFile.Write(Path.Combine(temporary, StateFile), RecordJson.ToBytes(state));

        // A folder cannot be renamed onto another. Killed between the two steps, the checkpoint before this one is the newest.
        if (Directory.Exists(folder))
            DurableFile.RemoveFolder(folder);
        Directory.Move(temporary, folder);
        Keep(Kept);
    }

    /// <summary>Reads the newest checkpoint that is whole; null where there is none at all.</summary>
    /// <param name="network">The network it has to be of.</param>
    /// <exception cref="RecordException">There are checkpoints, but none can be read or none is of this network.</exception>
    public FoundCheckpoint? Latest(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var problems = new List<string>();
        foreach (var update in Updates)
        {
            try
            {
                return new(Read(update, network), problems);
            }
            catch (Exception damage) when (damage is RecordException or FileNotFoundException)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"the checkpoint at update {update} cannot be used and is passed over: {damage.Message}"));
            }
        }
        return problems.Count == 0 ? null : throw new RecordException(
            $"{directory}: expected a checkpoint of a network {network.Inputs}-{network.HiddenText}-{network.Classes}, found {problems.Count} that cannot be used. "
            + $"Restore one from a copy, or delete the trial's folder to start over. {string.Join(" ", problems)}");
    }

    /// <summary>Reads the checkpoint at an update.</summary>
    /// <exception cref="RecordException">It is damaged, or of another network.</exception>
    /// <exception cref="FileNotFoundException">One of its files is missing.</exception>
    public Checkpoint Read(long update, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var folder = PathOf(update);
        var state = ReadState(update);
        var (parameters, optimizer) = (Path.Combine(folder, ParametersFile), Path.Combine(folder, OptimizerFile));
        return new(
            state.Update,
            state.Kernels,
            ParameterTensors.Read(Safetensors.FromBytes(ReadFile(state, update, ParametersFile), parameters), network, parameters),
            Safetensors.FromBytes(ReadFile(state, update, OptimizerFile), optimizer).ToDictionary(tensor => tensor.Name, tensor => tensor.Values),
            state.Tally,
            state.TrainingSeconds);
    }

    /// <summary>What <c>state.json</c> says of the checkpoint at an update.</summary>
    internal CheckpointState ReadState(long update)
    {
        var path = Path.Combine(PathOf(update), StateFile);
        var state = RecordJson.FromBytes<CheckpointState>(DurableFile.Read(path), path);
        return state.Update == update ? state
            : throw new RecordException($"{path}: expected the state at update {update}, as its folder is named, found {state.Update}. Give the folder its name back, or delete it.");
    }

    /// <summary>One file of a checkpoint, checked against its digest.</summary>
    internal byte[] ReadFile(CheckpointState state, long update, string name) =>
        DurableFile.ReadExactly(PathOf(update), state.Files.FirstOrDefault(file => file.Path == name)
            ?? throw new RecordException($"{Path.Combine(PathOf(update), StateFile)}: expected '{name}' among its files, found none of this name. Delete the folder."));

    /// <summary>Removes all but the newest checkpoints.</summary>
    internal void Keep(int count)
    {
        foreach (var update in Updates.Skip(count))
            DurableFile.RemoveFolder(PathOf(update));
    }

    /// <summary>Removes what a killed process left half written, and checkpoints newer than an update.</summary>
    internal void RemoveAfter(long update)
    {
        foreach (var newer in Updates.Where(u => u > update))
            DurableFile.RemoveFolder(PathOf(newer));
        if (Directory.Exists(directory))
            foreach (var folder in Directory.EnumerateDirectories(directory, "*" + DurableFile.TemporarySuffix))
                Directory.Delete(folder, recursive: true);
    }
}
