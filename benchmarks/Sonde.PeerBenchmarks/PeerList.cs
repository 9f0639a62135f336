using Sonde.Measuring;
namespace Sonde.PeerBenchmarks;

/// <summary>How a peer is started; the number of threads is added as last argument.</summary>
internal sealed record PeerCommand(string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);

/// <summary>A peer that the command line can name.</summary>
/// <param name="Key">The name on the command line and in results.</param>
/// <param name="Name">The name in tables.</param>
/// <param name="IsFramework">True for those whose faster one counts as "the framework".</param>
/// <param name="Missing">What to do where it is not there.</param>
/// <param name="Prepare">Builds it where it must be built, and says how it is started.</param>
internal sealed record PeerEntry(string Key, string Name, bool IsFramework, string Missing, Func<PeerCommand> Prepare);

/// <summary>The peers, each with what it needs.</summary>
internal static class PeerList
{
    private const string BlasMissing = "on Debian: apt install gcc libc6-dev libopenblas-dev";

    public static IReadOnlyList<PeerEntry> All { get; } =
    [
        new("pytorch", "PyTorch", true, "on Debian: apt install python3-torch", () => Python("peer_pytorch.py")),
        new("libtorch", "libtorch, TorchSharp", true, "needs Linux on x64, 600 MB of NuGet packages, and on Debian 12 apt install gcc libc6-dev", LibTorch),
        new("openblas", "C over OpenBLAS", false, BlasMissing, () => Blas("native", [])),
        // What a processor without 512-bit vectors would see; Debian's OpenBLAS has the kernels of all processors.
        new("openblas-avx2", "OpenBLAS with AVX2", false, BlasMissing, () => Blas("haswell", new() { ["OPENBLAS_CORETYPE"] = "Haswell" })),
    ];

    /// <summary>C over OpenBLAS with its own choice of kernels.</summary>
    public static PeerEntry OpenBlas { get; } = All.First(entry => entry.Key == "openblas");

    /// <summary>Who pre-trains autoencoders beside us.</summary>
    public static PeerEntry Autoencoder { get; } = All[0] with { Prepare = () => Python("peer_autoencoder.py") };

    // The user's own comes first; the distribution's is where Debian puts its torch.
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private static PeerCommand Python(string script)
    {
        var python = Pythons.FirstOrDefault(python => Tool.Succeeds(python, "-c", "import torch"))
            ?? throw new PeerException("no python3 that can import torch");
        // Its own threads and those of its BLAS spin against each other on as many cores; asleep they make two threads three times faster.
        return new(python, [InOutput(script)], new Dictionary<string, string> { ["OMP_WAIT_POLICY"] = "passive" });
    }

    private static PeerCommand LibTorch()
    {
        var project = Path.Combine(ResultsFolder.Checkout, "benchmarks", "Sonde.PeerBenchmarks.LibTorch", "Sonde.PeerBenchmarks.LibTorch.csproj");
        var folder = InOutput("libtorch");
        Console.Error.WriteLine("building the libtorch peer (its packages are 600 MB, the first time takes a while)");
        Tool.Run("dotnet", "build", "-c", "Release", "-v", "quiet", "-nologo", "-o", folder, project);
        return new("dotnet", [Path.Combine(folder, "Sonde.PeerBenchmarks.LibTorch.dll")], OlderLibstdcxx.Prepare(folder));
    }

    // Fast mathematics lets the compiler use the C library's vector tanh; without it the peer is 15 % slower at batch ten.
    private static PeerCommand Blas(string processor, Dictionary<string, string> environment)
    {
        var (source, program) = (InOutput("peer_openblas.c"), InOutput($"peer_openblas_{processor}"));
        Tool.Run("gcc", "-O3", $"-march={processor}", "-ffast-math", source, "-o", program, "-lopenblas", "-lm");
        return new(program, [], environment);
    }

    private static string InOutput(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
