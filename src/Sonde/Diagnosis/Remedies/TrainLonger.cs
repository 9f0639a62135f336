namespace Sonde.Diagnosis.Remedies;

/// <summary>Trains for ten times the updates.</summary>
internal static class TrainLonger
{
    private const long Factor = 10, Fewest = 1000;

    public static Remedy? Find(Situation situation) => situation.Training.Updates is not { } updates ? null
        : new("train-longer", "The error still falls, or the weights have hardly moved, when training ends.",
            new() { Updates = updates == 0 ? Fewest : Factor * updates });
}
