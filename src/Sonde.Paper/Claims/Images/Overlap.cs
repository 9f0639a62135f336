using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Images;

/// <summary>The second object of an image covers at most half of the first, measured on the images [Glorot2010, section 2.1].</summary>
internal sealed class Overlap() : Claim(
    "overlap", "The second object does not hide more than half of the first",
    "Section 2.1: images with two objects are sampled “with the constraint that the second object does not overlap with the first by more than fifty "
        + "percent of "
    + "its area, to avoid hiding it entirely.”")
{
    // At 128 pixels per side a pixel is less than a hundredth of most objects.
    private const int Side = 128, Images = 5000;
    private const double Most = 0.5;

    // In the recipe of the authors' generator the constraint is on an estimate from the objects' reach.
    private const double Rare = 0.01;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs) => Judge(Measure());

    /// <summary>Compares covered shares of the first object with the paper's statement.</summary>
    internal static ItemResult Judge(IReadOnlyList<double> shares)
    {
        var beyond = shares.Count(share => share > Most) / (double)shares.Count;
        return new Judgement()
            .Order("largest share of the first object that the second covers", "0.50 at most", $"{shares.Max():0.00}", shares.Max() <= Most)
            .Order($"share of {shares.Count:N0} images of two objects with more than half covered", "none", $"{beyond:P1}", beyond <= Rare, $"{Rare:P0} "
                + $"at most")
            .Note("mean share covered", "–", $"{shares.Average():0.00}")
            .Note("share of images with less than a tenth of the first object left", "none (“hiding it entirely”)",
                $"{shares.Count(share => share > 0.9) / (double)shares.Count:P1}")
            .Result($"In {shares.Count:N0} images of two objects at {Side}x{Side} the second object covers at most {shares.Max():P0} of the first, "
                + $"{shares.Average():P0} "
                + $"on average, and more than half in {beyond:P1} of them. The authors' recipe, which Sonde follows, estimates the overlap from how far "
                + $"the objects "
                + "reach towards each other; it does not measure it.");
    }

    /// <summary>Returns the covered share of the first object for each of the first images that have two.</summary>
    /// <remarks>An image with one object is the same image without its second object, so the first object's pixels and those that the second changes are
    /// known.
    /// A second object of the first one's grey, one in 115, changes nothing there and is left out.</remarks>
    internal static IReadOnlyList<double> Measure()
    {
        var (both, one) = (new ShapesetDataset(Side, objects: 2).Open(Split.Test, 0), new ShapesetDataset(Side, objects: 1).Open(Split.Test, 0));
        var (image, alone, label) = (new float[Side * Side], new float[Side * Side], new int[1]);
        var shares = new List<double>();
        for (var k = 0; k < Images; k++)
        {
            both.Read(k, image, label);
            one.Read(k, alone, label);
            // The corner of an image is background: objects stay one pixel away from the edge.
            var background = alone[0];
            var first = Enumerable.Range(0, alone.Length).Where(pixel => alone[pixel] != background).ToList();
            if (first.Count == 0 || image.AsSpan().SequenceEqual(alone))
                continue;
            shares.Add(first.Count(pixel => image[pixel] != alone[pixel]) / (double)first.Count);
        }
        return shares;
    }
}
