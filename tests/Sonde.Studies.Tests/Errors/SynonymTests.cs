namespace Sonde.Studies.Tests.Errors;

/// <summary>Words of other frameworks get the right line.</summary>
public sealed class SynonymTests
{
    [Theory]
    [InlineData("training: {lr: 0.1}", "got 'lr'. Write 'learningRate: 0.1'.")]
    [InlineData("training: {batch_size: 32}", "got 'batch_size'. Write 'batch: 32'.")]
    [InlineData("training: {steps: 500}", "got 'steps'. Write 'updates: 500'.")]
    [InlineData("lr: 0.1", "got 'lr'. Write 'training: {learningRate: 0.1}'.")]
    [InlineData("epochs: 3", "got 'epochs'. Did you mean 'training.epochs'?")]
    [InlineData("network: {layers: 100x3}", "got 'layers'. Write 'hidden: 100x3'.")]
    [InlineData("network: {loss: nll}", "got 'loss'. Write 'cost: nll'.")]
    [InlineData("seed: 4", "got 'seed'. Write 'seeds: 4'.")]
    [InlineData("network: {init: xavier}", "got 'xavier'. Write normalized: it is the initialization of Glorot and Bengio.")]
    [InlineData("network: {init: glorot_uniform}", "got 'glorot_uniform'. Write normalized: it is the initialization of Glorot and Bengio.")]
    [InlineData("network: {init: kaiming}", "got 'kaiming'. Write he: it is the normal distribution of He and others, N(0, 2/fanIn).")]
    [InlineData("network: {init: uniform}", "got 'uniform'. Write it with its bound, such as uniform(0.05): U(-0.05, 0.05).")]
    [InlineData("network: {outputInit: xavier}", "got 'xavier'. Write normalized: it is the initialization of Glorot and Bengio.")]
    [InlineData("network: {biasInit: zeros}", "got 'zeros'. Write constant(0).")]
    [InlineData("network: {bias_initializer: standard}", "got 'bias_initializer'. Write 'biasInit: standard'.")]
    [InlineData("network: {init: Normalized}", "got 'Normalized'. Did you mean 'normalized'?")]
    [InlineData("network: {activation: swish}", "got 'swish'. Write silu.")]
    [InlineData("network: {activation: Tanh}", "got 'Tanh'. Did you mean 'tanh'?")]
    [InlineData("network: {activation: LeakyReLU}", "got 'LeakyReLU'. Did you mean 'leaky-relu'?")]
    [InlineData("network: {cost: CrossEntropyLoss}",
        "got 'CrossEntropyLoss'. Write nll: the output layer is a softmax, whose negative log-likelihood is the cross-entropy.")]
    [InlineData("network: {dropout: 0.5}", "got 'dropout'. A layer says its dropout: hidden: \"100x3 dropout(0.5)\".")]
    [InlineData("training: {dropout_rate: 0.5}", "got 'dropout_rate'. A layer says its dropout: hidden: \"100x3 dropout(0.5)\".")]
    [InlineData("network: {loss: CrossEntropyLoss}", "got 'loss'. Write 'cost: nll'.")]
    [InlineData("network: {criterion: nn.MSELoss()}", "got 'criterion'. Write 'cost: mse'.")]
    [InlineData("network: {nonlinearity: torch.nn.ReLU}", "got 'nonlinearity'. Write 'activation: relu'.")]
    [InlineData("training: {lr: fast}", "got 'lr'. Write 'learningRate: ...'.")]
    [InlineData("network: {activation: nn.ReLU}", "got 'nn.ReLU'. Did you mean 'relu'?")]
    [InlineData("network: {activation: \"nn.LeakyReLU(0.1)\"}", "got 'nn.LeakyReLU(0.1)'. Did you mean 'leaky-relu'?")]
    [InlineData("network: {init: nn.init.kaiming_uniform_}", "got 'nn.init.kaiming_uniform_'. Write he-uniform: U(-r, r) with r = sqrt(6/fanIn).")]
    [InlineData("training: {optimizer: torch.optim.SGD}", "got 'torch.optim.SGD'. Did you mean 'sgd'?")]
    [InlineData("network: {hidden: \"nn.Linear(784, 100), nn.Sigmoid()\"}", "Write the units of the hidden layers only, such as hidden: 100x2, "
        + "and what is between them as activation: sigmoid. Inputs and outputs follow from the data.")]
    [InlineData("network: {cost: MSELoss}", "got 'MSELoss'. Write mse, a mean over outputs, or quadratic, a sum over classes.")]
    [InlineData("network: {cost: binary_crossentropy}", "got 'binary_crossentropy'. Write bce.")]
    [InlineData("training: {optimizer: AdamW}", "got 'AdamW'. Sonde does not have it; adam is its nearest relative here.")]
    [InlineData("training: {optimizer: RMSprop}", "got 'RMSprop'. Did you mean 'rmsprop'?")]
    [InlineData("training: {optimizer: SGD}", "got 'SGD'. Did you mean 'sgd'?")]
    public void WordOfAnotherFramework_GetsTheRightOne(string line, string ends) => Assert.EndsWith(ends, Assertions.Refusal($"study: s\n{line}"));

    [Theory]
    [InlineData("hidden: [100, 100, 100]", "A list means one trial for each value. For 3 layers of 100 units write 'hidden: 100x3'; for networks of one layer "
        + "write [100x1].")]
    [InlineData("hidden: [500, 300]", "A list means one trial for each value. For one network with 2 layers write 'hidden: \"500,300\"'; for networks of one "
        + "layer write [500x1, 300x1].")]
    public void PlainWidthsInAList_AreRefusedWithBothSpellings(string line, string ends) =>
        Assert.Equal($"r:2:19: network.hidden: expected widths that say how many layers they mean, got a list of {line.Count(c => c == ',') + 1}. {ends}",
            Assertions.Refusal($"study: s\nnetwork: {{{line}}}"));

    [Theory]
    [InlineData("hidden: [100]")]
    [InlineData("hidden: [100x1, 300x1]")]
    [InlineData("hidden: [100, 100x2]")]
    public void OtherListsOfWidths_AreGrids(string line) => Assert.Null(Assertions.Refusal($"study: s\nnetwork: {{{line}}}"));

    [Theory]
    [InlineData("study: s\n\tseeds: 1", "r:2:1: Line 2 starts with a tab. YAML allows only spaces: replace each tab with two spaces.")]
    [InlineData("study: s\nnetwork:\n\thidden: 10x2", "r:3:1: Line 3 starts with a tab. YAML allows only spaces: replace each tab with two spaces.")]
    [InlineData("study: s\ndata: {name: arrays, path: \"C:\\data\"}",
        "r:2:31: Line 2 has a backslash in double quotes, where it begins an escape such as \\n. Write the text in single quotes, or / instead of \\.")]
    [InlineData("study: s\nnetwork\n  hidden: 10x2", "r:2:8: Line 2 has no colon after the name. Write 'network:'.")]
    [InlineData("study: s\nnetwork:\n  hidden 10x2\n  init: he", "r:3:9: Line 3 has no colon after the name. Write 'hidden: 10x2'.")]
    [InlineData("study: s\nnetwork:\n  init: he\n  hidden 10x2\nseeds: 1", "r:4:9: Line 4 has no colon after the name. Write 'hidden: 10x2'.")]
    [InlineData("study: s\nseeds 1", "r:2:6: Line 2 has no colon after the name. Write 'seeds: 1'.")]
    public void BrokenLine_SaysLineColumnAndCure(string text, string message) => Assert.Equal(message, Assertions.Refusal(text));

    [Theory]
    [InlineData("network: {hidden 10x2}", "Put a colon after the name: 'hidden: 10x2'.")]
    [InlineData("network:\n  hidden:10x2", "Put a space after the colon: 'hidden: 10x2'.")]
    public void ColonThatYamlDoesNotMiss_IsMissedByTheReader(string line, string ends) => Assert.EndsWith(ends, Assertions.Refusal($"study: s\n{line}"));
}
