namespace Sonde.Cli.Shell;

/// <summary>Lines of progress that are written at most once in two seconds, the first after two. Any thread may report.</summary>
/// <param name="time">The clock.</param>
/// <param name="writer">The writer of the lines.</param>
internal sealed class PacedProgress(TimeProvider time, TextWriter writer)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Lock guard = new();
    private long written = time.GetTimestamp();

    /// <summary>Writes a line if the last one is old enough.</summary>
    /// <param name="line">Makes the line.</param>
    public void Report(Func<string> line)
    {
        lock (guard)
        {
            if (time.GetElapsedTime(written) < Pause)
                return;
            written = time.GetTimestamp();
            writer.WriteLine(line());
        }
    }
}
