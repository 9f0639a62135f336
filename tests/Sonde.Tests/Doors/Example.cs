using System.Reflection;
using Sonde.Baselines;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Diagnosis;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Networks.Activations;
using Sonde.Networks.Costs;
using Sonde.Numerics.Random;
using Sonde.Optimizers;
using Sonde.Pretraining;
using Sonde.Probes;
using Sonde.Tests.Engines;
using Sonde.Tests.Training;
using Sonde.Training;

namespace Sonde.Tests.Doors;

/// <summary>A valid argument or object of any type in the public doors of the library.</summary>
internal static class Example
{
    private static readonly Dictionary<Type, Func<object>> Makers = new()
    {
        [typeof(string)] = () => "x", [typeof(int)] = () => 2, [typeof(long)] = () => 2L, [typeof(ulong)] = () => 1UL, [typeof(uint)] = () => 1u,
        [typeof(byte)] = () => (byte)1, [typeof(double)] = () => 0.5, [typeof(float)] = () => 0.5f, [typeof(bool)] = () => true,
        [typeof(CancellationToken)] = () => CancellationToken.None, [typeof(TimeProvider)] = () => TimeProvider.System,
        [typeof(Network)] = () => SmallTrial.Network with { }, [typeof(Activation)] = () => ActivationList.Find("tanh")!,
        [typeof(Initializer)] = () => InitializerList.Find("normalized")!, [typeof(Cost)] = () => new NegativeLogLikelihood(),
        [typeof(Parameters)] = () => Sonde.Networks.Parameters.Initialize(SmallTrial.Network, 1),
        [typeof(LayerParameters)] = () => new LayerParameters(2, 3, new float[6], new float[3]),
        [typeof(Dataset)] = () => new Corners(), [typeof(ExampleStream)] = () => new Corners().Open(Split.Train, 1),
        [typeof(FirstExamples)] = () => new Corners().OpenFirst(5, Split.Test, 1),
        [typeof(LabelledExamples)] = () => LabelledExamples.FromFloats(new float[12], new byte[2]),
        [typeof(FiniteStream)] = () => FiniteStream.InOrder(LabelledExamples.FromFloats(new float[12], new byte[2])),
        [typeof(ArrayDataset)] = () => Arrays(), [typeof(DataFolder)] = () => new DataFolder(Path.GetTempPath(), null, null),
        [typeof(DatasetSetting)] = () => new DatasetSetting { Name = "shapeset" }, [typeof(ArraySettings)] = () => new ArraySettings(),
        [typeof(ImageShape)] = () => new ImageShape(1, 2, 3), [typeof(RandomKey)] = () => new RandomKey(1, "door"),
        [typeof(RandomStream)] = () => new RandomKey(1, "door").Stream(), [typeof(IEngine)] = LoadedEngine,
        [typeof(Optimizer)] = () => new Optimizer<Sgd>("sgd", new(0.1f)), [typeof(OptimizerState)] = () => new OptimizerState(SmallTrial.Network, []),
        [typeof(OptimizerKind)] = () => OptimizerList.Find("momentum")!,
        [typeof(Observation)] = () => new Observation(SmallTrial.Network, ObservationNeeds.All),
        [typeof(ObservationNeeds)] = () => ObservationNeeds.All,
        [typeof(ITrainingLog)] = () => new MemoryLog(),
        [typeof(IProbeLog)] = () => new MemoryLog(),
        [typeof(IObserver)] = () => new ProbePlan().CreateObserver(50, 0, 1, new MemoryLog()),
        [typeof(TrainingPlan)] = () => SmallTrial.Plan with { },
        [typeof(TrainedNetwork)] = () => new TrainedNetwork(SmallTrial.Network, Sonde.Networks.Parameters.Initialize(SmallTrial.Network, 1)),
        [typeof(Trainer)] = () => new Trainer(Engine.Create(SmallTrial.Network, 4, new Sgd(0.1f), 1), new Corners(), SmallTrial.Plan, [], 20, new MemoryLog(),
            TimeProvider.System),
        [typeof(WatchedTraining)] = () => new WatchedTraining(new Corners(), [3]) { Updates = 5 },
        [typeof(NetworkFacts)] = () => NetworkFacts.From(SmallTrial.Network),
        [typeof(TrialHistory)] = () => new TrialHistory(NetworkFacts.From(SmallTrial.Network), [], []),
        [typeof(ClassShares)] = () => ClassShares.FromWeights(1, 2), [typeof(SupportVectorSetting)] = () => new SupportVectorSetting(1, 1),
        [typeof(SupportVectorMachine)] = () => SupportVectorMachine.Train([0f, 0, 1, 1], [0, 1], new(1, 1)),
        [typeof(float[])] = () => new float[4],
        [typeof(IReadOnlyDictionary<string, float>)] = () => new Dictionary<string, float>(),
        [typeof(IReadOnlyDictionary<string, double>)] = () => new Dictionary<string, double>(),
        [typeof(PretrainingPlan)] = () => new PretrainingPlan { Updates = 2 },
        [typeof(IPretrainer)] = () => Pretrainer.Create((PretrainingSetting)Of(typeof(PretrainingSetting)), 1),
        [typeof(ReconstructionCost)] = () => ReconstructionCostList.All[0],
        [typeof(Corruption)] = () => CorruptionList.Find("masking(0.2)") ?? CorruptionList.Find("none")!,
        [typeof(LayerObservation)] = () => ((Observation)Of(typeof(Observation))).Layers[0],
        [typeof(Output)] = () => OutputList.Softmax,
        [typeof(Probe)] = () => ProbeList.All[0],
        [typeof(EarlierTraining)] = () => new DenoisingPretraining((PretrainingPlan)Of(typeof(PretrainingPlan)), 1),
    };

    /// <summary>Makes a type without open type parameters.</summary>
    public static Type Close(Type type) => !type.IsGenericTypeDefinition ? type : type.Name switch
    {
        "Activation`1" => typeof(Activation<Tanh>),
        "Optimizer`1" => typeof(Optimizer<Sgd>),
        _ => type,
    };

    /// <summary>Makes a method without open type parameters, if there is a choice for them.</summary>
    public static MethodInfo Close(MethodInfo method) => method is { IsGenericMethodDefinition: true, Name: "Create" } && method.DeclaringType == typeof(Engine)
        ? method.MakeGenericMethod(typeof(Sgd)) : method;

    /// <summary>Returns a valid object of a type.</summary>
    public static object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value);
        if (Makers.TryGetValue(type, out var make))
            return make();
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0)!;
        if (typeof(Delegate).IsAssignableFrom(type))
            return Nothing(type);
        if (type.IsArray || type.IsGenericType && type.GetInterfaces().Append(type).Any(IsEnumerable))
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
            var two = Array.CreateInstance(element, 2);
            two.SetValue(Of(element), 0);
            two.SetValue(Of(element), 1);
            return two;
        }
        if (type is { IsValueType: true, IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>))
            return Activator.CreateInstance(type, Of(type.GetGenericArguments()[0].MakeArrayType()))!;
        if (type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length) is { } maker)
            return maker.Invoke([.. maker.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        throw new InvalidOperationException($"Give {nameof(Example)} a maker of {type}.");
    }

    private static IEngine LoadedEngine()
    {
        var engine = Engine.Create(SmallTrial.Network, 4, new Sgd(0.1f), 1);
        engine.Load(Sonde.Networks.Parameters.Initialize(SmallTrial.Network, 1));
        return engine;
    }

    private static bool IsEnumerable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);

    private static ArrayDataset Arrays()
    {
        var examples = LabelledExamples.FromFloats(new float[12], new byte[2]);
        return new("x", new(1, 2, 3), ["a", "b"], examples, examples, examples);
    }

    // A function that does nothing and returns the default.
    private static Delegate Nothing(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(p => System.Linq.Expressions.Expression.Parameter(p.ParameterType)).ToArray();
        return System.Linq.Expressions.Expression.Lambda(type, System.Linq.Expressions.Expression.Default(invoke.ReturnType), parameters).Compile();
    }
}
