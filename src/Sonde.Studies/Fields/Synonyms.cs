using System.Text.RegularExpressions;
using Sonde.Numerics.Checks;

namespace Sonde.Studies.Fields;

/// <summary>Words of other frameworks, with what a study file says instead.</summary>
/// <remarks>They stay errors, whose message gives the right line: one thing has one name in all studies.</remarks>
internal static partial class Synonyms
{
    private static readonly (string Path, string[] Words)[] OfFields =
    [
        (FieldList.LearningRate, ["lr", "eta", "stepsize", "alpha", "rate"]),
        (FieldList.Batch, ["batchsize", "minibatch", "minibatchsize", "bs"]),
        (FieldList.Updates, ["steps", "iterations", "iters", "maxsteps", "maxiter", "maxiterations"]),
        (FieldList.Epochs, ["epoch", "nepochs", "numepochs", "maxepochs"]),
        (FieldList.Optimizer, ["optim", "optimiser", "solver", "algorithm"]),
        (FieldList.Hidden, ["layers", "hiddenlayers", "hiddenlayersizes", "hiddensizes", "hiddenunits", "units", "widths", "width", "sizes", "dims"]),
        (FieldList.Activation, ["activations", "activationfunction", "nonlinearity", "act", "actfn"]),
        (FieldList.Init, ["initializer", "initialiser", "initialization", "initialisation", "weightinit", "weightsinit", "kernelinitializer", "inits"]),
        (FieldList.BiasInit, ["biasinitializer", "biasinitialiser", "biasesinit", "bias", "biases"]),
        (FieldList.OutputInit, ["outputinitializer", "lastinit", "headinit"]),
        (FieldList.FirstInit, ["firstinitializer", "inputinit"]),
        (FieldList.Cost, ["loss", "lossfunction", "criterion", "objective"]),
        (FieldList.Data, ["dataset", "datasets"]),
        (FieldList.Seeds, ["seed", "randomseed", "randomstate"]),
        (FieldList.EvaluateEvery, ["evalevery", "validateevery", "testevery"]),
    ];

    private static readonly (string Path, string[] Words, string Advice)[] OfValues =
    [
        (FieldList.Init, ["xavier", "xavieruniform", "glorot", "glorotuniform"], "Write normalized: it is the initialization of Glorot and Bengio."),
        (FieldList.Init, ["kaiming", "kaimingnormal", "henormal", "msra"], "Write he: it is the normal distribution of He and others, N(0, 2/fanIn)."),
        (FieldList.Init, ["default", "pytorch", "torch", "linear", "kaiminguniforma"],
            "Write pytorch-linear: weights and biases U(-1/sqrt(fanIn), 1/sqrt(fanIn)), the default of PyTorch's linear layers."),
        (FieldList.Init, ["keras", "tensorflow", "dense"], "Write keras-dense: the default of a Dense layer of Keras."),
        (FieldList.Init, ["flax", "jax", "lecunnormal"], "Write flax-dense: the default of a Dense layer of Flax."),
        (FieldList.Init, ["sklearn", "scikitlearn"], "Write sklearn-mlp: what MLPClassifier and MLPRegressor do."),
        (FieldList.Init, ["kaiminguniform", "heuniform"], "Write he-uniform: U(-r, r) with r = sqrt(6/fanIn)."),
        (FieldList.Init, ["uniform", "randomuniform"], "Write it with its bound, such as uniform(0.05): U(-0.05, 0.05)."),
        (FieldList.Init, ["normal", "randn", "randomnormal", "gaussian"], "Write it with its standard deviation, such as gaussian(0.01)."),
        (FieldList.Init, ["zero", "zeros"], "Write constant(0)."),
        (FieldList.Init, ["one", "ones"], "Write constant(1)."),
        ("data.task", ["regression", "regress", "numbers", "numeric", "continuous"], "Write values."),
        ("data.task", ["classification", "multiclass", "categorical"], "Write classes."),
        ("data.task", ["multilabel", "binary", "yesno"], "Write labels, for answers of yes (1) or no (0); classes, for one class of several."),
        (FieldList.Activation, ["swish"], "Write silu."),
        (FieldList.Activation, ["logistic", "sigm", "expit"], "Write sigmoid."),
        (FieldList.Activation, ["identity", "none", "id"], "Write linear."),
        (FieldList.Activation, ["lrelu"], "Write leaky-relu."),
        (FieldList.Cost, ["binarycrossentropy", "bceloss"], "Write bce."),
        (FieldList.Cost, ["bcewithlogits", "bcewithlogitsloss"], "Write bce-logits."),
        (FieldList.Cost, ["meansquarederror"], "Write mse."),
        (FieldList.Cost, ["meanabsoluteerror", "l1", "l1loss"], "Write mae."),
        (FieldList.Cost, ["crossentropyloss", "categoricalcrossentropy", "sparsecategoricalcrossentropy", "ce", "softmax", "logloss",
            "nllloss"], "Write nll: the output layer is a softmax, whose negative log-likelihood is the cross-entropy."),
        (FieldList.Cost, ["mseloss", "l2", "squared"], "Write mse, a mean over outputs, or quadratic, a sum over classes."),
        (FieldList.Optimizer, ["adamw", "nadam"], "Sonde does not have it; adam is its nearest relative here."),
        (FieldList.Optimizer, ["nag"], "Write nesterov."),
        (FieldList.Optimizer, ["gd", "gradientdescent"], "Write sgd."),
    ];

    /// <summary>The field that a word of another framework means; null if there is none.</summary>
    public static Field? FindField(string word) => OfFields.FirstOrDefault(entry => entry.Words.Contains(Plain(word))).Path is { } path
        ? FieldList.Find(path) : null;

    /// <summary>What to write instead of a field that other frameworks have and layers say here; null if there is nothing to say.</summary>
    public static string? FindKeyAdvice(string word) => Plain(word) is "dropout" or "dropoutrate" or "pdrop"
        ? "A layer says its dropout: hidden: \"100x3 dropout(0.5)\"." : null;

    /// <summary>The value that a word of another framework means, if one value of the field says it; else null.</summary>
    public static string? FindValue(Field field, string word) =>
        FindAdvice(field, word) is { } advice && FirstWord().Match(advice) is { Success: true } match
            && field.Canonical(match.Groups["word"].Value) is { } value ? value : NameSuggestion.Find(Bare(word), field.Names);

    /// <summary>A name without the module before it and the call behind it: <c>ReLU</c> for <c>torch.nn.ReLU()</c>.</summary>
    public static string Bare(string word) => word.Length <= 100 && Call().Match(word.Trim()) is { Success: true } match ? match.Groups["word"].Value : word;

    /// <summary>What to write if somebody wrote layers as calls, <c>nn.Linear(784, 100)</c>; null if there is nothing to say.</summary>
    public static string? FindLayerAdvice(Field field, string text) => field.Path == FieldList.Hidden && LayerCall().IsMatch(text)
        ? "Write the units of the hidden layers only, such as hidden: 100x2, and what is between them as activation: sigmoid. "
            + "Inputs and outputs follow from the data." : null;

    /// <summary>What to write instead of a value of another framework; null if there is nothing to say.</summary>
    public static string? FindAdvice(Field field, string word) =>
        OfValues.FirstOrDefault(entry => entry.Path == Model(field) && entry.Words.Contains(Plain(word))).Advice is { } advice && field.Names.Count > 0
            ? advice : null;

    /// <summary>The path under which the words for a field's values are listed.</summary>
    private static string Model(Field field) =>
        field.Path is FieldList.FirstInit or FieldList.OutputInit or FieldList.BiasInit ? FieldList.Init : field.Path;

    private static string Plain(string word) => word.Length > 100 ? word
        : Bare(word).ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\AWrite (?<word>[a-z0-9-]+)")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"\A(?:(?:[A-Za-z_]\w*\.)+(?<word>[A-Za-z_]\w*)(?:\(.*\))?|(?<word>[A-Za-z_]\w*)\(\))\z")]
    private static partial Regex Call();

    [GeneratedRegex(@"\b(?:Linear|Dense)\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex LayerCall();
}
