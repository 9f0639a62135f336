namespace Sonde.Studies.Fields;

/// <summary>What each field means, for the table in <c>docs/studies.md</c>.</summary>
internal static class FieldMeanings
{
    /// <summary>By path, in the order of fields.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [FieldList.Data] = "the dataset; `arrays` is your own",
        [FieldList.DataSide] = "pixels per side of an image",
        ["data.seed"] = "the seed of the images, or of the split of your own arrays; not the trial's",
        [FieldList.DataRange] = "the values that black and white become",
        ["data.objects"] = "objects in an image: `1` (three classes), `2` (six classes), `both` (all nine)",
        [FieldList.DataExamples] = "different training examples, the same for every seed ([data.md](data.md))",
        [FieldList.DataPath] = "the folder with the dataset's files; for `arrays` a folder or a CSV file",
        ["data.task"] = "what is learnt: the class of an example, several answers of yes or no (`labels`), or numbers (`values`)",
        ["data.label"] = "the column of labels in a CSV file, by name or number",
        ["data.header"] = "whether a CSV file begins with the names of its columns",
        ["data.shape"] = "the shape of the images that rows of values are",
        ["data.scale"] = "how inputs are scaled",
        ["data.order"] = "the order of training examples: another one in each pass, or that of the files",
        ["data.validation"] = "validation examples to set aside; a tenth of all if they have no file",
        ["data.test"] = "test examples to set aside; a tenth of all if they have no file",
        [FieldList.Hidden] = "units of the hidden layers, from the input, and what single layers say themselves",
        [FieldList.Activation] = "the non-linearity of hidden layers that say none themselves",
        [FieldList.Init] = "how the weights of layers start that say nothing themselves",
        [FieldList.FirstInit] = "how the weights of the first layer start; `same`: as `init` says",
        [FieldList.OutputInit] = "how the weights of the output layer start; `same`: as `init` says",
        [FieldList.BiasInit] = "how the biases of all layers start; `same`: at 0; `standard`: as PyTorch's linear layers do",
        [FieldList.Output] = "what the output layer makes of its pre-activations",
        [FieldList.Outputs] = "units of the output layer; without it one for each class, or for each column of targets",
        [FieldList.Cost] = "the cost that training minimizes",
        [FieldList.Optimizer] = "how gradients become steps",
        [FieldList.LearningRate] = "the step size",
        [FieldList.Batch] = "examples per update",
        [FieldList.Updates] = "updates in all, each of one mini-batch",
        [FieldList.Epochs] = "instead of `updates`: passes over the training examples of a finite dataset",
        ["training.momentum"] = "the share of the velocity that an update keeps",
        ["training.beta1"] = "the share of the running mean of gradients that an update keeps",
        ["training.beta2"] = "the share of the running mean of squared gradients that an update keeps",
        ["training.epsilon"] = "added to the root of the mean square (`adam`), or to the variance (`gradient-variance`)",
        ["training.damping"] = "added to the curvature",
        ["training.memory"] = "the share of the running mean of curvatures, or of squared gradients, that a new one leaves",
        ["training.curvatureEvery"] = "updates between two estimates of the curvature",
        [FieldList.Pretraining] = "training of the hidden layers before the first supervised update (below)",
        [PretrainingFields.Updates] = "updates of each hidden layer",
        [PretrainingFields.LearningRate] = "the step size of plain gradient descent",
        ["pretraining.corruption"] = "how the inputs of a layer are corrupted",
        ["pretraining.noise"] = "the share of inputs that are corrupted, or a standard deviation",
        [PretrainingFields.Cost] = "the cost of a reconstruction: `cross-entropy` (a sigmoid decoder) or `squared-distance` (a linear one; `quadratic` is "
            + "its former name)",
        [FieldList.ProbeEvery] = "updates between two observations",
        [FieldList.ProbeExamples] = "fixed examples that are observed",
        [FieldList.ProbeOn] = "`fixed`: the same test examples each time; `live`: the mini-batch of the next update",
        [FieldList.ProbeJacobian] = "examples whose Jacobians are decomposed (below); 0 for none",
        [FieldList.ProbeQuantities] = "what is measured: `economy` (activations and back-propagated gradients), `standard` (all but Jacobians), `full`, or "
            + "probes by name",
        [FieldList.EvaluateEvery] = "updates between two evaluations",
        [FieldList.EvaluateExamples] = "validation and test examples that an evaluation uses, at most",
        [FieldList.CheckpointEvery] = "updates between two checkpoints",
        [FieldList.Seeds] = "the seed of weights, noise and the order of examples; a list trains each setting once per seed",
    };
}
