namespace Sonde.Cli.Tests.Shell;

/// <summary>Words in variables of the environment that nobody knows.</summary>
public sealed class EnvironmentWordsTests
{
    private const string Unknown = "sonde: SONDE_KERNELS: expected one of ";

    private static Ended Run(string variable, string word, params string[] arguments) =>
        Command.StartWith(new Dictionary<string, string> { [variable] = word }, arguments).Finish();

    [Theory]
    [InlineData("probe", "--set", "network.hidden=10")]
    [InlineData("run", "first-look", "--dry-run")]
    [InlineData("svm", "--examples", "50", "--out", "unused")]
    public void UnknownKernels_EveryVerbThatComputesSaysWhatToTypeNext(params string[] arguments)
    {
        using var scratch = new Scratch();
        var ended = Run("SONDE_KERNELS", "vector9", [.. arguments.Select(argument => argument == "unused" ? scratch[argument] : argument)]);
        Assert.Equal(2, ended.Code);
        Assert.Contains(Unknown, ended.Error);
        Assert.EndsWith("Correct it, or unset it to have the fastest.\n", ended.Error);
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("doctor", "--json")]
    [InlineData("doctor", "--bench")]
    public void UnknownKernels_TheDoctorShowsWhatItFindsAndThenSaysSo(params string[] arguments)
    {
        var ended = Run("SONDE_KERNELS", "vector9", arguments);
        Assert.Equal(2, ended.Code);
        Assert.Contains("kernelsForced", ended.Output);
        Assert.StartsWith(Unknown, ended.Error);
    }

    [Fact]
    public void UnknownKernels_AVerbThatComputesNothingDoesNotMind() => Assert.Equal(0, Run("SONDE_KERNELS", "vector9", "studies").Code);

    [Fact]
    public void PinIsNotOff_RunSaysWhatToTypeInstead()
    {
        using var scratch = new Scratch();
        var ended = Run("SONDE_PIN", "0", "run", "first-look", "--out", scratch["out"]);
        Assert.Equal(2, ended.Code);
        Assert.Equal("sonde: SONDE_PIN: expected 'off', got '0'. Write SONDE_PIN=off to let the system choose cores, or unset it.\n", ended.Error);
        Assert.False(Directory.Exists(scratch["out"]));
    }
}
