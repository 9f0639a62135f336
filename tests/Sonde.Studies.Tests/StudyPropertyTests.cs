using CsCheck;

namespace Sonde.Studies.Tests;

/// <summary>What holds for every study, not only for those someone thought of.</summary>
public sealed class StudyPropertyTests
{
    private static readonly Gen<string> Lines = Gen.Select(
        Some("activation", ["tanh", "sigmoid", "softsign", "relu"]),
        Some("init", ["standard", "normalized", "gaussian(0.01)", "constant(1e-05)", "constant(-1)", "constant(1)"]),
        Some("hidden", ["10x2", "\"10,20\"", "none", "7x1", "\"20,10\""]),
        Some("learningRate", ["0.1", "0.001", "1e-10", "1e10", "3"]),
        Some("batch", ["1", "10", "20"]),
        Some("side", ["16", "32"]),
        Some("range", ["[0, 1]", "[-1, 1]"]),
        Some("seeds", ["1", "2", "18446744073709551615", "0"]),
        (activation, init, hidden, rate, batch, side, range, seeds) => $$"""
            study: random
            data: {name: shapeset, {{side}}, {{range}}}
            network: {{{activation}}, {{init}}, {{hidden}}}
            training: {{{rate}}, {{batch}}}
            {{seeds}}
            """);

    private static Gen<string> Some(string field, string[] values) =>
        Gen.Shuffle(values).SelectMany(order => Gen.Int[1, Math.Min(3, order.Length)].Select(count => $"{field}: [{string.Join(", ", order.Take(count))}]"));

    [Fact]
    public void AnyGrid_HasUniqueIdsThatAreFolderNames() => Lines.Sample(
        text =>
        {
            var study = StudyFile.Parse(text, "r");
            var ids = study.Trials.Select(t => t.Id).ToList();
            return ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() == ids.Count
                && ids.TrueForAll(id => id.Length <= 120 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_'))
                && study.Trials.Select(t => string.Join(';', t.Setting.Flat)).Distinct().Count() == ids.Count;
        }, iter: 30);

    [Fact]
    public void AnyGrid_WritesAndReadsBackEqual() => Lines.Sample(
        text =>
        {
            var study = StudyFile.Parse(text, "r");
            var written = StudyFile.Write(study);
            var again = StudyFile.Parse(written, "written");
            return StudyFile.Write(again) == written
                && again.Trials.Select(t => t.Id).SequenceEqual(study.Trials.Select(t => t.Id))
                && again.Trials.Zip(study.Trials).All(pair => pair.First.Setting.Flat.SequenceEqual(pair.Second.Setting.Flat));
        }, iter: 30);

    [Fact]
    public void AnyText_IsAStudyOrAStudyException()
    {
        string[] pieces =
        [
            "study: s\n", "network:", " {", "}", "[", "]", ",", "activation", ": ", "tanh", "\n", "  ", "- ", "? ", "\"", "'", "#", "&a ", "*a", "|", ">", "!!x ", "\t", "%", "@", "1000x5", "---", "...", "\0",
        ];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 30].Sample(
            parts =>
            {
                try
                {
                    _ = StudyFile.Parse(string.Concat(parts), "r");
                }
                catch (StudyException e)
                {
                    Assert.StartsWith("r:", e.Message);
                }
            }, iter: 20_000);
    }
}
