using System.Text.Json.Nodes;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>Finds the elements of pages, and reads what a page answers.</summary>
internal static class PageValues
{
    public const string Chart = "document.querySelector('sonde-chart')", Machine = "document.querySelector('sonde-time-machine')";

    public static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(number => (double)number!)];

    public static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => (string)text!)];

    public static void AssertNumbers(double[] expected, JsonNode? actual) => Assert.Equal(expected, Numbers(actual));
}
