using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Numerics.Random;

namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Makes a data set; the same one for the same seed.</summary>
/// <param name="Name">What it is called in the names of cases.</param>
/// <param name="Seed">Decides the examples.</param>
/// <param name="Train">The number of training examples.</param>
/// <param name="Classes">The number of classes; 0 if targets are numbers.</param>
/// <param name="Make">Returns inputs near mean 0 and sd 1, and targets, of the given number of examples.</param>
internal sealed record DataRecipe(string Name, ulong Seed, int Train, int Classes, Func<ulong, int, Examples> Make)
{
    private const int Test = 600;

    /// <summary>What a study says of a data set that Sonde draws itself; null for arrays.</summary>
    public string? Stated { get; init; }

    /// <summary>Makes training and test examples.</summary>
    public SeededData Data
    {
        get
        {
            var all = Make(Seed, Train + Test);
            return new(all.Select([.. Enumerable.Range(0, Train)]), all.Select([.. Enumerable.Range(Train, Test)]), Classes);
        }
    }

    /// <summary>One Gaussian cloud for each class, whose centres are <paramref name="apart"/> standard deviations of a cloud from the origin.</summary>
    public static DataRecipe Clouds(ulong seed, int columns, int classes, double apart, int train = 2000) =>
        new($"clouds{columns}", seed, train, classes, (s, count) =>
        {
            var centres = Normal(s, "clouds/centres", classes, columns, 1);
            var random = new RandomKey(s, "clouds/examples").Stream();
            var (inputs, targets) = (new float[count * columns], new float[count]);
            for (var n = 0; n < count; n++)
            {
                var label = random.NextInt32(classes);
                targets[n] = label;
                for (var k = 0; k < columns; k++)
                    inputs[n * columns + k] = (float)(random.NextGaussian() + apart * centres[label][k] / Math.Sqrt(columns) * 1.5);
            }
            return Standardized(columns, inputs, targets);
        });

    /// <summary>Classes are shells around the origin of a space of some columns; other columns are noise.</summary>
    public static DataRecipe Shells(ulong seed, int informative, int noise, int classes, int train = 2000) =>
        new($"shells{informative + noise}", seed, train, classes, (s, count) =>
        {
            var (random, columns) = (new RandomKey(s, "shells").Stream(), informative + noise);
            var (inputs, targets) = (new float[count * columns], new float[count]);
            for (var n = 0; n < count; n++)
            {
                var label = random.NextInt32(classes);
                targets[n] = label;
                double[] direction = [.. Enumerable.Range(0, informative).Select(_ => random.NextGaussian())];
                var length = Math.Sqrt(direction.Sum(x => x * x));
                var radius = label + 0.7 + 0.25 * (2 * random.NextDouble() - 1);
                for (var k = 0; k < columns; k++)
                    inputs[n * columns + k] = (float)(k < informative ? radius * direction[k] / length : random.NextGaussian());
            }
            return Standardized(columns, inputs, targets);
        });

    /// <summary>Two spirals in a plane.</summary>
    public static DataRecipe Spirals(ulong seed, double turns, int arms, int train = 2000) =>
        new($"spirals{arms}", seed, train, arms, (s, count) =>
        {
            var random = new RandomKey(s, "spirals").Stream();
            var (inputs, targets) = (new float[count * 2], new float[count]);
            for (var n = 0; n < count; n++)
            {
                var (label, way) = (random.NextInt32(arms), 0.15 + 0.85 * Math.Sqrt(random.NextDouble()));
                var angle = 2 * Math.PI * (turns * way + (double)label / arms);
                targets[n] = label;
                (inputs[2 * n], inputs[2 * n + 1]) = ((float)(way * Math.Cos(angle) + 0.015 * random.NextGaussian()),
                    (float)(way * Math.Sin(angle) + 0.015 * random.NextGaussian()));
            }
            return Standardized(2, inputs, targets);
        });

    /// <summary>The class is the parity of the signs of some columns; other columns are noise. Networks leave it late: a plateau that ends.</summary>
    public static DataRecipe Parity(ulong seed, int informative, int noise, int train = 3000) =>
        new($"parity{informative}", seed, train, 2, (s, count) =>
        {
            var (random, columns) = (new RandomKey(s, "parity").Stream(), informative + noise);
            var (inputs, targets) = (new float[count * columns], new float[count]);
            for (var n = 0; n < count; n++)
                for (var k = 0; k < columns; k++)
                {
                    var x = (random.NextInt32(2) == 0 ? -1 : 1) * (0.7 + 0.6 * random.NextDouble());
                    inputs[n * columns + k] = (float)x;
                    if (k < informative && x > 0)
                        targets[n] = 1 - targets[n];
                }
            return Standardized(columns, inputs, targets);
        });

    /// <summary>The class that a random network of one hidden layer gives, without the examples it is least sure of.</summary>
    public static DataRecipe Teacher(ulong seed, int columns, int classes, int train = 2000) =>
        new($"teacher{columns}", seed, train, classes, (s, count) =>
        {
            const int Hidden = 12;
            var (first, second) = (Normal(s, "teacher/first", Hidden, columns, 1.5 / Math.Sqrt(columns)), Normal(s, "teacher/second", classes, Hidden, 1));
            var random = new RandomKey(s, "teacher/examples").Stream();
            var (inputs, targets) = (new List<float>(), new List<float>());
            // Twice as many are drawn as are wanted; those whose best answer is hardly better than the next are left out.
            while (targets.Count < count)
            {
                double[] x = [.. Enumerable.Range(0, columns).Select(_ => random.NextGaussian())];
                var hidden = first.Select(row => Math.Tanh(row.Zip(x, (w, v) => w * v).Sum())).ToList();
                var answers = second.Select(row => row.Zip(hidden, (w, v) => w * v).Sum()).ToList();
                var ranked = answers.OrderDescending().ToList();
                if (ranked[0] - ranked[1] < 0.5)
                    continue;
                inputs.AddRange(x.Select(v => (float)v));
                targets.Add(answers.IndexOf(ranked[0]));
            }
            return Standardized(columns, [.. inputs], [.. targets]);
        });

    /// <summary>Numbers to learn: sines of a few directions, of sd 1, with a little noise.</summary>
    public static DataRecipe Waves(ulong seed, int columns, int outputs, double frequency, int train = 2000) =>
        new($"waves{columns}", seed, train, 0, (s, count) =>
        {
            const int Waved = 3;
            var directions = Normal(s, "waves/directions", outputs * Waved, columns, frequency / Math.Sqrt(columns));
            var random = new RandomKey(s, "waves/examples").Stream();
            var (inputs, targets) = (new float[count * columns], new float[count * outputs]);
            for (var n = 0; n < count; n++)
            {
                double[] x = [.. Enumerable.Range(0, columns).Select(_ => random.NextGaussian())];
                for (var k = 0; k < columns; k++)
                    inputs[n * columns + k] = (float)x[k];
                for (var j = 0; j < outputs; j++)
                    targets[n * outputs + j] = (float)(0.8 * Enumerable.Range(0, Waved)
                        .Sum(w => Math.Sin(directions[j * Waved + w].Zip(x, (a, b) => a * b).Sum() + w)) + 0.05 * random.NextGaussian());
            }
            return Standardized(columns, inputs, targets, outputs);
        });

    /// <summary>Numbers to learn: Friedman's first function, products and squares of some columns; of sd 1.</summary>
    public static DataRecipe Friedman(ulong seed, int noise, int train = 2000) =>
        new($"friedman{5 + noise}", seed, train, 0, (s, count) =>
        {
            var (random, columns) = (new RandomKey(s, "friedman").Stream(), 5 + noise);
            var (inputs, targets) = (new float[count * columns], new float[count]);
            for (var n = 0; n < count; n++)
            {
                double[] x = [.. Enumerable.Range(0, columns).Select(_ => random.NextDouble())];
                for (var k = 0; k < columns; k++)
                    inputs[n * columns + k] = (float)x[k];
                var value = 10 * Math.Sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4] + 0.3 * random.NextGaussian();
                targets[n] = (float)((value - 14.4) / 4.9);
            }
            return Standardized(columns, inputs, targets);
        });

    /// <summary>MNIST's digits from <paramref name="from"/> on, of the classes from <paramref name="lowest"/> on; pixels from 0 to 1.</summary>
    public static DataRecipe Digits(int from, int lowest, int classes, int train = 1500) =>
        new($"digits{lowest}to{lowest + classes - 1}", (ulong)from, train, classes, (_, count) =>
        {
            var data = DatasetList.Open(new() { Name = "mnist", Range = PixelRange.ZeroToOne }, DataFolder.OfUser());
            var (pixels, labels) = data.OpenFirst(from + 2 * count * 10 / classes, Split.Train, 1).Read();
            var rows = Enumerable.Range(from, labels.Length - from).Where(n => labels[n] >= lowest && labels[n] < lowest + classes).Take(count).ToList();
            var all = new Examples(new(data.Inputs, pixels), new(1, Array.ConvertAll(labels, label => (float)(label - lowest)))).Select(rows);
            return all;
        });

    /// <summary>The endless stream of Shapeset's images with one object: three classes; pixels from -1 to 1.</summary>
    public static DataRecipe Shapes(ulong seed, int side) =>
        new($"shapes{side}", seed, 0, 3, (_, _) => throw new InvalidOperationException("It has no arrays."))
        {
            Stated = $"{{name: shapeset, side: {side}, seed: {seed}, objects: 1}}",
        };

    private static Examples Standardized(int columns, float[] inputs, float[] targets, int outputs = 1)
    {
        var array = new CaseArray(columns, inputs);
        return new(array.Scaled("standardize", array), new(outputs, targets));
    }

    private static double[][] Normal(ulong seed, string purpose, int rows, int columns, double sd)
    {
        var random = new RandomKey(seed, purpose).Stream();
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => sd * random.NextGaussian()).ToArray())];
    }
}
