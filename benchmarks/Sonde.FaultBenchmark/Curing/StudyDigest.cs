using System.Security.Cryptography;
using System.Text;

namespace Sonde.FaultBenchmark.Curing;

/// <summary>A short name for a text.</summary>
internal static class StudyDigest
{
    /// <summary>Returns eight digits of its SHA-256.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..4]);
}
