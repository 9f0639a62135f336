using System.CommandLine;
using System.Globalization;
using Sonde.FaultBenchmark;
using Sonde.FaultBenchmark.Checking;
using Sonde.FaultBenchmark.Curing;
using Sonde.FaultBenchmark.Real;
using Sonde.FaultBenchmark.Scoring;
using Sonde.FaultBenchmark.Seeded;

// Real networks that would not train, as studies. benchmarks/README.md says where the cases come from.
var cases = new Argument<DirectoryInfo>("CASES") { Description = "The folder of the cases: one YAML file for each, and their arrays" };
var into = new Argument<DirectoryInfo>("OUT") { Description = "Receives a folder for each case, and one for its healthy twin" };
var data = new Option<DirectoryInfo>("--data-dir") { Description = "The folder that holds mnist, for the cases on it" };
var cifar10 = new Option<string>("--cifar10")
{
    Description = "The set that CIFAR's images come from: one that sonde data build made", DefaultValueFactory = _ => "cifar10",
};

var convert = new Command("convert", "Writes each case, and its twin if it has one, as a study with its arrays.") { cases, into, data, cifar10 };
convert.SetAction(parsed =>
{
    var (written, refused) = (0, 0);
    var sets = new PublishedSets(parsed.GetValue(data)?.FullName, parsed.GetValue(cifar10)!);
    foreach (var plain in FaultCase.ReadAll(parsed.GetValue(cases)!, []))
    {
        foreach (var (name, fault) in (IEnumerable<(string, FaultCase?)>)[(plain.Id, plain), ($"{plain.Id}-fixed", plain.FindTwin())])
        {
            if (fault is null)
                continue;
            if (fault.FindObstacle() is { } obstacle)
            {
                refused++;
                Console.WriteLine($"{name}: not stated, for {obstacle}");
                continue;
            }
            try
            {
                var notes = new CaseStudy(fault, name, parsed.GetValue(into)!.FullName, sets).Write();
                written++;
                Console.WriteLine($"{name}: written{string.Concat(notes.Select(note => $"; {note}"))}");
            }
            catch (IOException missing)
            {
                refused++;
                Console.WriteLine($"{name}: not stated: {missing.Message}");
            }
        }
    }
    Console.WriteLine($"{written} studies written, {refused} not stated. Run one with: sonde run {parsed.GetValue(into)}/NAME/study.yaml");
    return written > 0 ? 0 : 1;
});

var seeds = new Option<int>("--seeds") { Description = "Seeds of each", DefaultValueFactory = _ => 3 };
var only = new Option<string[]>("--only") { Description = "Names of cases, such as so-34311586; without it all", AllowMultipleArgumentsPerToken = true };
var moreSeeds = new Option<FileInfo>("--measured") { Description = "Scores with more seeds than the cases' files have, as more_seeds.py writes them" };
var check = new Command("check", "Trains each case and each of its cures, and compares their scores with those that were measured.")
{
    cases, into, data, cifar10, seeds, only, moreSeeds,
};
check.SetAction(parsed =>
{
    var sets = new PublishedSets(parsed.GetValue(data)?.FullName, parsed.GetValue(cifar10)!);
    return new CheckTable(Console.Out, sets, parsed.GetValue(into)!.FullName, parsed.GetValue(seeds),
        parsed.GetValue(moreSeeds) is { } file ? CheckTable.ReadMoreSeeds(file.FullName) : new Dictionary<string, IReadOnlyList<double>>()).Print(
        FaultCase.ReadAll(parsed.GetValue(cases)!, parsed.GetValue(only)!)) ? 0 : 1;
});

var recorded = new Argument<DirectoryInfo>("RECORDED") { Description = "What first_updates.py wrote: a folder for each case" };
var limit = new Option<double>("--limit")
{
    Description = "The largest difference allowed, as a share of the largest weight of a layer", DefaultValueFactory = _ => 1e-5,
};
var firstUpdates = new Command("first-updates", "Trains the first updates of each case from recorded weights, and compares the weights at the end.")
{
    cases, recorded, into, data, cifar10, only, limit,
};
firstUpdates.SetAction(parsed =>
{
    var sets = new PublishedSets(parsed.GetValue(data)?.FullName, parsed.GetValue(cifar10)!);
    var (close, all) = (0, 0);
    foreach (var fault in FaultCase.ReadAll(parsed.GetValue(cases)!, parsed.GetValue(only)!))
    {
        var place = Path.Combine(parsed.GetValue(recorded)!.FullName, fault.Id);
        if (!Directory.Exists(place))
        {
            Console.WriteLine($"{fault.Id}: not recorded");
            continue;
        }
        var difference = new FirstUpdates(fault, parsed.GetValue(into)!.FullName, sets).Compare(place);
        var isClose = difference <= parsed.GetValue(limit);
        (close, all) = (close + (isClose ? 1 : 0), all + 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fault.Id}: {difference:0.0e+0}{(isClose ? "" : " TOO FAR")}"));
    }
    Console.WriteLine($"{close} of {all} agree.");
    return close == all ? 0 : 1;
});

return new RootCommand("Fault cases of dense networks: real ones as studies of Sonde, seeded ones, and how often their faults are found.")
{
    convert, check, firstUpdates, SeededVerbs.Train(), EndsVerb.Command(), ScoreVerb.Command(), PlateauVerb.Command(),
    RealVerb.Command(), CureVerb.Command(), RealCureVerb.Command(),
}.Parse(args).Invoke();
