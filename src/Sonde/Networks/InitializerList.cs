using System.Globalization;
using Sonde.Networks.Initializers;
using Sonde.Numerics.Checks;

namespace Sonde.Networks;

/// <summary>The initializers that study files can name: those of Sonde, and those that a program adds.</summary>
public static class InitializerList
{
    private static readonly Lock Registering = new();

    private static Initializer[] withoutSetting =
    [
        new Standard(), new Normalized(), new LeCun(), new He(), new HeUniform(), new Orthogonal(), new LayerSequential(), new Critical(),
        new PyTorchLinear(), new KerasDense(), new FlaxDense(), new SklearnMlp(),
    ];

    private static Parameterized[] withSetting =
    [
        new("gaussian", "SD", sd => sd >= 0 ? new Gaussian(sd) : null),
        new("uniform", "A", bound => bound >= 0 ? new Uniform(bound) : null),
        new("constant", "VALUE", value => new Constant(value)),
        new("orthogonal", "GAIN", gain => gain > 0 ? new Orthogonal(gain) : null),
        new("critical", "SD", sd => sd >= 0 ? new Critical(sd) : null),
    ];

    /// <summary>Those without a setting: the paper's two first, the registered ones last.</summary>
    public static IReadOnlyList<Initializer> WithoutSetting => Volatile.Read(ref withoutSetting);

    /// <summary>The words that a study file can write, for messages and help.</summary>
    public static IReadOnlyList<string> Names =>
        [.. WithoutSetting.Select(initializer => initializer.Name), .. Volatile.Read(ref withSetting).Select(kind => $"{kind.Word}({kind.Setting})")];

    /// <summary>The words of those by which biases can start.</summary>
    public static IReadOnlyList<string> NamesForBiases =>
    [
        .. WithoutSetting.Where(initializer => initializer.DrawsIndependently).Select(initializer => initializer.Name),
        .. Volatile.Read(ref withSetting).Where(kind => kind.Make(0.5) is { DrawsIndependently: true }).Select(kind => $"{kind.Word}({kind.Setting})"),
    ];

    /// <summary>Returns the initializer written like this.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static Initializer Get(string text) => Find(text) ?? throw NameSuggestion.Unknown("initializer", text, Names);

    /// <summary>Finds the initializer written like this, such as <c>he</c> or <c>gaussian(0.01)</c>; null if there is none.</summary>
    public static Initializer? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (WithoutSetting.FirstOrDefault(initializer => initializer.Name == text) is { } known)
            return known;
        var open = text.IndexOf('(');
        if (open < 0 || text[^1] != ')'
            || !double.TryParse(text.AsSpan(open + 1, text.Length - open - 2), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
            return null;
        return Volatile.Read(ref withSetting).FirstOrDefault(kind => kind.Word == text[..open])?.Make(number);
    }

    /// <summary>Adds an initializer, so that studies, records and figures know it by name. Do this before a study is read.</summary>
    /// <param name="initializer">An initializer whose name no other has: lower-case letters, digits and hyphens, first a letter.</param>
    /// <exception cref="ArgumentException">The name is taken, or is not such a word.</exception>
    public static void Register(Initializer initializer)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        lock (Registering)
        {
            CheckNew(initializer.Name);
            Volatile.Write(ref withoutSetting, [.. withoutSetting, initializer]);
        }
    }

    /// <summary>Adds initializers that take a number, written <c>WORD(NUMBER)</c> as <c>gaussian(0.01)</c> is. Do this before a study is read.</summary>
    /// <param name="word">A word that no other initializer has: lower-case letters, digits and hyphens, first a letter.</param>
    /// <param name="setting">What the number is, in capitals, for help: <c>SD</c>.</param>
    /// <param name="make">Makes the initializer of a finite number; null if the number is out of range. Its name must be the text that finds it.</param>
    /// <exception cref="ArgumentException">The word is taken, or is not such a word.</exception>
    public static void Register(string word, string setting, Func<double, Initializer?> make)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentException.ThrowIfNullOrEmpty(setting);
        ArgumentNullException.ThrowIfNull(make);
        lock (Registering)
        {
            CheckNew(word);
            Volatile.Write(ref withSetting, [.. withSetting, new(word, setting, make)]);
        }
    }

    private static void CheckNew(string word)
    {
        ListedName.Check(word, "initializer");
        if (withoutSetting.Any(other => other.Name == word) || withSetting.Any(other => other.Word == word))
            throw new ArgumentException($"There is already an initializer named '{word}'. Give this one another name.", nameof(word));
    }

    private sealed record Parameterized(string Word, string Setting, Func<double, Initializer?> Make);
}
