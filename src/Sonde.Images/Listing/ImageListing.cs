using Sonde.Data;

namespace Sonde.Images.Listing;

/// <summary>An image that will become an example.</summary>
/// <param name="Path">Below the listing's folder, with forward slashes.</param>
/// <param name="Class">An index into the listing's classes.</param>
/// <param name="Part">The part of its folder; null if Sonde divides the images into parts.</param>
public sealed record ListedImage(string Path, int Class, Split? Part = null);

/// <summary>The images of a set and their classes.</summary>
/// <param name="Folder">The folder that paths are below.</param>
/// <param name="Classes">One name for each class, in the order of the labels.</param>
/// <param name="Images">The images in an order that does not depend on the disk.</param>
/// <param name="Account">Sentences that say where they come from.</param>
public sealed record ImageListing(string Folder, IReadOnlyList<string> Classes, IReadOnlyList<ListedImage> Images, IReadOnlyList<string> Account)
{
    /// <summary>Returns true if a part has a folder of its own.</summary>
    public bool Has(Split part) => Images.Any(image => image.Part == part);
}
