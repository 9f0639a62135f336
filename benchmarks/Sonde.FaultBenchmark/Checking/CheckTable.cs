using System.Globalization;

namespace Sonde.FaultBenchmark.Checking;

/// <summary>A table of cases and cures: the scores that were measured, those of Sonde, and whether they agree.</summary>
/// <param name="writer">Receives the table, line by line.</param>
/// <param name="sets">The published images that some cases are on.</param>
/// <param name="into">The folder of the studies.</param>
/// <param name="seeds">Seeds of each.</param>
/// <param name="moreSeeds">Scores that were measured with more seeds than the cases' files have, by name.</param>
internal sealed class CheckTable(TextWriter writer, PublishedSets sets, string into, int seeds, IReadOnlyDictionary<string, IReadOnlyList<double>> moreSeeds)
{
    /// <summary>Reads what <c>more_seeds.py</c> wrote: a line such as <c>so-34311586: 0.667 0.667</c> for each case and each cure.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<double>> ReadMoreSeeds(string path) => File.ReadLines(path).Select(line => line.Split(": "))
        .ToDictionary(parts => parts[0], parts => (IReadOnlyList<double>)[.. parts[1].Split(' ').Select(score => double.Parse(score,
            CultureInfo.InvariantCulture))]);

    /// <summary>Trains and prints.</summary>
    /// <returns>True if all agree.</returns>
    public bool Print(IEnumerable<FaultCase> cases)
    {
        writer.WriteLine("| case | updates | measured | Sonde | distance | tolerance | agrees |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        var (agreeing, all) = (0, 0);
        foreach (var fault in cases)
        {
            if (fault.FindObstacle() is { } obstacle)
            {
                writer.WriteLine($"| {fault.Id} | | | not stated, for {obstacle} | | | |");
                continue;
            }
            // Some programs were measured for fewer updates than they ask for, and so were their cures, unless those say how long.
            var (asked, done) = (fault.Number("updates"), fault.Number("measured.fault.updates"));
            foreach (var (name, cured, measured) in (IEnumerable<(string, FaultCase, IReadOnlyList<double>)>)
                [(fault.Id, fault, fault.Scores), .. fault.Cures().Select((cure, k) => ($"{fault.Id}-fix{k + 1}", cure.Cured, cure.Scores))])
            {
                var updates = cured.Number("updates") == asked ? done : cured.Number("updates");
                var agreement = new Agreement(moreSeeds.GetValueOrDefault(name, measured), new CaseRun(cured, name, into, sets).Train(seeds, updates));
                (agreeing, all) = (agreeing + (agreement.Holds ? 1 : 0), all + 1);
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {updates} | {Agreement.Text(agreement.Measured)} | {Agreement.Text(agreement.Ours)} | {agreement.Distance:0.000} | ")
                    + string.Create(CultureInfo.InvariantCulture, $"{agreement.Tolerance:0.000} | {(agreement.Holds ? "yes" : "NO")} |"));
                writer.Flush();
            }
        }
        writer.WriteLine();
        writer.WriteLine($"{agreeing} of {all} agree.");
        return agreeing == all;
    }
}
