using Sonde.Cli.Shell;

namespace Sonde.Cli.Tests.Shell;

public sealed class TolerantWriterTests
{
    [Fact]
    public void FailingStream_IsRememberedAndNotThrown()
    {
        using var writer = new TolerantWriter(() => new StreamWriter(new FullDisk()) { AutoFlush = true });
        writer.WriteLine("lost");
        writer.Write('x');
        writer.Flush();
        Assert.Equal("No space left on device", writer.Failure);
    }

    [Fact]
    public void StreamThatCannotBeOpened_IsRememberedToo()
    {
        using var writer = new TolerantWriter(() => throw new IOException("Bad file descriptor"));
        writer.WriteLine("lost");
        Assert.Equal("Bad file descriptor", writer.Failure);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }
}
