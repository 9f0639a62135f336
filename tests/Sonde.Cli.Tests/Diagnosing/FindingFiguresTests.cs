using System.Globalization;
using System.Runtime.CompilerServices;
using Sonde.Analysis.Trials;
using Sonde.Data.Fetching;
using Sonde.Figures.Trials;
using Sonde.Running;
using Sonde.Studies;

namespace Sonde.Cli.Tests.Diagnosing;

/// <summary>The figures of <c>docs/diagnosis.md</c>: each from a short run that has the finding. SONDE_REWRITE_DOCS=1 draws them again.</summary>
public sealed class FindingFiguresTests : IDisposable
{
    private const string Shapes = "data: {name: shapeset, side: 16}";
    private const int MostBytes = 40_000;

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-finding-figures-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Finding, data, network, training.
    private static readonly (string Finding, string Data, string Network, string Training)[] Runs =
    [
        ("learning", "clouds.csv: 0", "hidden: 40x2, activation: tanh, init: normalized", "learningRate: 0.002, updates: 1500"),
        ("plateau", Shapes, "hidden: 60x4, activation: sigmoid, init: standard", "learningRate: 0.1, updates: 1500"),
        ("inputs-unscaled", "pixels.csv: 0", "hidden: 60x2, activation: tanh", "learningRate: 0.05, updates: 500"),
        ("inputs-uncentred", "kelvin.csv: 0", "hidden: 60x2, activation: tanh", "learningRate: 0.05, updates: 500"),
        ("labels-noisy", "labels.csv: 0.5", "hidden: 40x2, activation: tanh, init: normalized", "learningRate: 0.05, updates: 3000"),
        ("overfit", "few.csv: 0", "hidden: 200x2, activation: relu, init: he", "learningRate: 0.05, updates: 1500"),
        ("activation-missing", "rings.csv: 0", "hidden: 40x3, activation: linear, init: normalized", "learningRate: 0.02, updates: 1000"),
        ("sigmoid-layers", Shapes, "hidden: 60x6, activation: sigmoid, init: standard", "learningRate: 0.1, updates: 1000"),
        ("init-too-small", Shapes, "hidden: 60x4, activation: tanh, init: gaussian(0.005)", "learningRate: 0.05, updates: 1000"),
        ("init-too-large", Shapes, "hidden: 60x4, activation: tanh, init: gaussian(1)", "learningRate: 0.05, updates: 500"),
        ("symmetric-units", Shapes, "hidden: 60x3, activation: tanh, init: constant(0.05)", "learningRate: 0.05, updates: 500"),
        ("saturated-at-start", Shapes, "hidden: 60x4, activation: tanh, init: gaussian(1)", "learningRate: 0.05, updates: 500"),
        ("top-layer-collapse", Shapes, "hidden: 200x4, activation: sigmoid, init: standard", "learningRate: 0.4, updates: 600"),
        ("dead-units", Shapes, "hidden: 60x3, activation: relu, init: he, biasInit: constant(-6)", "learningRate: 0.05, updates: 500"),
        ("vanishing-gradients", Shapes, "hidden: 60x6, activation: sigmoid, init: standard", "learningRate: 0.1, updates: 500"),
        ("exploding-gradients", Shapes, "hidden: 60x6, activation: relu, init: gaussian(0.6)", "learningRate: 0.0001, updates: 300"),
        ("vanishing-activations", Shapes, "hidden: 60x5, activation: tanh, init: gaussian(0.02)", "learningRate: 0.05, updates: 500"),
        ("exploding-activations", Shapes, "hidden: 60x6, activation: relu, init: gaussian(0.6)", "learningRate: 0.0001, updates: 300"),
        ("gradients-level", Shapes, "hidden: 60x5, activation: tanh, init: normalized", "learningRate: 0.05, updates: 500"),
        ("rate-high", Shapes, "hidden: 60x3, activation: tanh, init: normalized", "learningRate: 2, updates: 500"),
        ("rate-low", Shapes, "hidden: 60x2, activation: tanh, init: normalized", "learningRate: 0.00001, updates: 1000"),
    ];

    public static TheoryData<string> Findings => [.. Runs.Select(run => run.Finding)];

    [Theory]
    [MemberData(nameof(Findings))]
    public void AShortRun_HasTheFindingAndDrawsIt(string name)
    {
        var (_, data, network, training) = Runs.Single(run => run.Finding == name);
        var study = StudyFile.Parse($$"""
            study: {{name}}
            {{DataOf(data)}}
            network: {{{network}}}
            training: {{{training}}}
            evaluate: {every: 100, examples: 300}
            probe: {every: 50, examples: 100}
            """, name);
        var runner = new StudyRunner(study, Path.Combine(folder, "run"), new() { Data = DataFolder.OfUser(folder), Threads = 1 }, TimeProvider.System);
        runner.Train(TestContext.Current.CancellationToken);
        var trial = runner.Run.ReadTrial(study.Trials[0].Id);
        var verdict = TrialFacts.VerdictOf(trial);
        var finding = verdict.Findings.FirstOrDefault(one => one.Name == name && one.IsSaid);
        Assert.True(finding is not null,
            $"{name} is not said; said are {string.Join(", ", verdict.Findings.Where(one => one.IsSaid).Select(one => one.Name))}");
        var svg = EvidenceFigure.Find(finding, trial)!.ToSvg();
        Assert.InRange(svg.Length, 1, MostBytes);
        var path = Path.Combine(Root(), "docs", "images", "findings", $"{name}.svg");
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, svg + "\n");
        }
        Assert.True(File.Exists(path), $"docs/images/findings/{name}.svg is missing. Run this test with SONDE_REWRITE_DOCS=1.");
        Assert.Contains($"](images/findings/{name}.svg)", File.ReadAllText(Path.Combine(Root(), "docs", "diagnosis.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFigureOfAFinding_IsOfOneOfTheseRuns() => Assert.All(Directory.GetFiles(Path.Combine(Root(), "docs", "images", "findings")),
        path => Assert.Contains(Path.GetFileNameWithoutExtension(path), Runs.Select(run => run.Finding)));

    // "NAME.csv: SHARE" is a table made here: three clouds (plain, as pixels of 0 to 255, as temperatures in kelvin, or few and near each other), or two rings.
    // SHARE of the labels are drawn at random.
    private string DataOf(string data)
    {
        if (data.Split(".csv: ") is not [var kind, var share])
            return data;
        var random = new Random(1);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var path = Path.Combine(folder, $"{kind}.csv");
        File.WriteAllLines(path, ["a,b,c,label", .. Enumerable.Range(0, kind == "few" ? 420 : 1500).Select(n =>
        {
            var label = n % (kind == "rings" ? 2 : 3);
            double angle = 2 * Math.PI * random.NextDouble(), radius = 1 + label;
            double[] x = kind switch
            {
                "rings" => [radius * Math.Cos(angle) + 0.1 * Gauss(), radius * Math.Sin(angle) + 0.1 * Gauss(), Gauss()],
                "few" => [Gauss() + 0.4 * label, Gauss(), Gauss()],
                "pixels" => [90 + 40 * Gauss() + 40 * label, 90 + 40 * Gauss(), 120 + 50 * Gauss()],
                "kelvin" => [290 + Gauss() + 4 * label, 290 + Gauss(), 290 + Gauss()],
                _ => [Gauss() + 4 * label, Gauss() - 4 * (label % 2), Gauss()],
            };
            if (random.NextDouble() < double.Parse(share, CultureInfo.InvariantCulture))
                label = random.Next(3);
            return string.Create(CultureInfo.InvariantCulture, $"{x[0]:0.####},{x[1]:0.####},{x[2]:0.####},{label}");
        })]);
        return $"data: {{name: arrays, path: '{path}', scale: {(kind is "pixels" or "kelvin" ? "none" : "standardize")}"
            + $"{(kind == "few" ? ", validation: 60, test: 300" : "")}}}";
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", ".."));
}
