using Sonde.Cli.Shell;

namespace Sonde.Cli.Tests.Shell;

public sealed class ErrorSentenceTests
{
    [Fact]
    public void KnownErrors_SayWhatToDoWithoutTheNameOfAType()
    {
        Assert.Equal("Access to the path '/x' is denied. Change its permissions, or give another path.",
            ErrorSentence.Of(new UnauthorizedAccessException("Access to the path '/x' is denied.")));
        Assert.Equal("No space left on device : '/x'. When that is mended, run the same command again.",
            ErrorSentence.Of(new IOException("No space left on device : '/x'")));
        Assert.Equal("Could not find '/x'. Check the path.", ErrorSentence.Of(new AggregateException(new DirectoryNotFoundException("Could not find '/x'"))));
        Assert.StartsWith("There is not enough memory. ", ErrorSentence.Of(new InsufficientMemoryException()));
    }

    [Fact]
    public void FileInTheWayOfAFolder_IsToBeMovedAway()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.EndsWith(" A file is where a folder has to be: move it away, then run the same command again.",
                ErrorSentence.Of(Assert.ThrowsAny<IOException>(() => Directory.CreateDirectory(file))));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void UnknownError_IsAFaultOfSondeAndSaysHowToReportIt() => Assert.Equal(
        "This is a fault in Sonde: Oh no. (InvalidOperationException) Run it again with SONDE_TRACE=1 to see where, and report it.",
        ErrorSentence.Of(new InvalidOperationException("Oh no")));
}
