using Sonde.Data;

namespace Sonde.Images.Listing;

/// <summary>An image that is to become an example.</summary>
/// <param name="Path">Below the listing's folder, with forward slashes.</param>
/// <param name="Class">An index into the listing's classes.</param>
/// <param name="Part">The part that its folder puts it in; null for one that is cut.</param>
public sealed record ListedImage(string Path, int Class, Split? Part = null);

/// <summary>What a set is built from.</summary>
/// <param name="Folder">The folder that paths are below.</param>
/// <param name="Classes">One name for each class, in the order of the labels.</param>
/// <param name="Images">The images in an order that does not depend on the disk.</param>
/// <param name="Account">Where they come from, a sentence each.</param>
public sealed record ImageListing(string Folder, IReadOnlyList<string> Classes, IReadOnlyList<ListedImage> Images, IReadOnlyList<string> Account)
{
    /// <summary>True where a part has a folder of its own.</summary>
    public bool Has(Split part) => Images.Any(image => image.Part == part);
}
