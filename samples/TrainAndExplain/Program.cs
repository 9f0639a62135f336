// docs: program
using Sonde.Data.Shapeset;
using Sonde.Diagnosis;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Training;

// Four sigmoid layers under the standard initialization: the network that the paper could not train.
var data = new ShapesetDataset(16);
var network = new Network(
    data.Inputs, [100, 100, 100, 100], data.Classes.Count, ActivationList.Find("sigmoid")!, InitializerList.Find("standard")!, CostList.Find("nll")!);
var plan = new TrainingPlan { Updates = 1000, EvaluateEvery = 500, EvaluationExamples = 1000 };

var log = new MemoryLog();
using var engine = Engine.Create(network, plan.Batch, new Sgd(0.1f), threads: 1);
var probes = new ProbeSet(ProbeList.Basic, new ProbeSchedule(Every: 500, Last: plan.Updates), log);
new Trainer(engine, data, plan, [probes], probeExamples: 300, log, TimeProvider.System).Run(from: null, CancellationToken.None);

Console.WriteLine(Verdict.From(NetworkFacts.From(network), log.Curve, log.Layers, data.ChanceError).Sentence);
// docs: end
