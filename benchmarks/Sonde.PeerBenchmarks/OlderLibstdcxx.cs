using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Sonde.PeerBenchmarks;

/// <summary>Lets TorchSharp's native library load where the C++ runtime is older than the compiler that built it, as on Debian 12.</summary>
/// <remarks>The library asks for version 3.4.32 of libstdc++ (GCC 13.2) for the sake of one function, the one that opens the standard streams.
/// libtorch, built with an older compiler, opens them itself. So the copy in the output folder is made to ask for 3.4.30, and a library
/// with an empty function of that name is loaded before it. Packages and the system stay as they are.</remarks>
internal static class OlderLibstdcxx
{
    private const string Runtime = "libstdc++.so.6", Function = "_ZSt21ios_base_library_initv", Wanted = "GLIBCXX_3.4.32", Present = "GLIBCXX_3.4.30";

    /// <summary>Changes what must be changed in this output folder.</summary>
    /// <returns>The environment that the peer is to start with.</returns>
    public static IReadOnlyDictionary<string, string> Prepare(string folder)
    {
        if (!NativeLibrary.TryLoad(Runtime, out var runtime) || NativeLibrary.TryGetExport(runtime, Function, out _))
            return new Dictionary<string, string>();
        Relabel(Path.Combine(folder, "libLibTorchSharp.so"));
        var (source, library) = (Path.Combine(folder, "streams.c"), Path.Combine(folder, "libstreams.so"));
        File.WriteAllText(source, $"void {Function}(void) {{}}\n");
        Tool.Run("gcc", "-shared", "-fPIC", source, "-o", library);
        return new Dictionary<string, string> { ["LD_PRELOAD"] = library };
    }

    // A version is named by its text in the string table and, beside every place that needs it, by the hash of that text.
    private static void Relabel(string path)
    {
        var library = File.ReadAllBytes(path);
        Replace(library, Encoding.ASCII.GetBytes(Wanted), Encoding.ASCII.GetBytes(Present));
        Replace(library, Hash(Wanted), Hash(Present));
        File.WriteAllBytes(path, library);
    }

    private static void Replace(Span<byte> bytes, ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> present)
    {
        for (var at = bytes.IndexOf(wanted); at >= 0; at = bytes.IndexOf(wanted))
            present.CopyTo(bytes[at..]);
    }

    // The hash of the System V object format.
    private static byte[] Hash(string name)
    {
        var hash = 0u;
        foreach (var letter in name)
        {
            hash = (hash << 4) + letter;
            hash = (hash ^ ((hash & 0xF0000000) >> 24)) & 0x0FFFFFFF;
        }
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, hash);
        return bytes;
    }
}
