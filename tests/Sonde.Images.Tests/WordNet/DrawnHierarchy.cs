namespace Sonde.Images.Tests.WordNet;

/// <summary>A small hierarchy of nouns, as WordNet's data.noun and as ImageNet's is-a list: below each of the ten groups' nouns two kinds, one of which has a
/// kind of its own.</summary>
internal static class DrawnHierarchy
{
    public static readonly string[] Roots =
        ["n01661091", "n04524313", "n01503061", "n01861778", "n02512053", "n03405725", "n03800933", "n04451818", "n11669921", "n13134947"];

    /// <summary>Both tools and musical instruments, as a drumstick might be.</summary>
    public const string Shared = "n50000000";

    /// <summary>An animal of none of the groups.</summary>
    public const string Outside = "n60000000";

    public static string First(int group) => $"n2{group}000001";

    public static string Second(int group) => $"n2{group}000002";

    public static string BelowSecond(int group) => $"n2{group}000003";

    public static IEnumerable<(string Parent, string Child)> Pairs =>
    [
        .. Enumerable.Range(0, Roots.Length).SelectMany(group => new[]
        {
            ("n00000001", Roots[group]), (Roots[group], First(group)), (Roots[group], Second(group)), (Second(group), BelowSecond(group)),
        }),
        (Roots[6], Shared), (First(7), Shared), ("n00000001", Outside),
    ];

    public static string IsA => string.Concat(Pairs.Select(pair => $"{pair.Parent} {pair.Child}\n"));

    // Each line: offset, file, type, words, pointers, gloss. Among the pointers only "@" to a noun counts.
    public static string DataNoun =>
        "  1 This software and database is being provided to you  \n"
        + string.Concat(Pairs.Select(pair => pair.Child).Append("n00000001").Distinct().Select(noun =>
        {
            string[] pointers =
            [
                .. Pairs.Where(pair => pair.Child == noun).Select(pair => $"@ {pair.Parent[1..]} n 0000"),
                $"~ {Roots[0][1..]} n 0000", $"@i {Roots[1][1..]} n 0000", "+ 00000009 v 0101",
            ];
            return $"{noun[1..]} 05 n 02 word 0 other_word a {pointers.Length:d3} {string.Join(' ', pointers)} | a gloss; \"an example\"  \n";
        }));
}
