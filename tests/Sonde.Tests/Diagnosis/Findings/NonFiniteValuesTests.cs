using Sonde.Diagnosis.Findings;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

public class NonFiniteValuesTests
{
    [Fact]
    public void BrokenNumbers_FireWithTheFirstUpdate()
    {
        var rows = new[] { History.Row(0, 1, Quantity.Weight), History.Row(600, 2, Quantity.Weight, nonFinite: 7),
            History.Row(400, 1, Quantity.Activation, nonFinite: 1200) };
        Assert.Equal("The numbers broke: 1,200 of the activations of layer 1 are NaN or infinite at update 400.",
            NonFiniteValues.Find(History.Of("tanh", 2, rows))!.Sentence);
    }

    [Fact]
    public void FiniteNumbers_DoNotFire() => Assert.Null(NonFiniteValues.Find(History.Of("tanh", 2, History.Means(0, 1, 1))));
}
