using Sonde.Cli.Shell;
using Sonde.Running.Baselines;

namespace Sonde.Cli.Svm;

/// <summary>The progress of <c>sonde svm</c> on standard error: a line redrawn in place on a terminal; elsewhere a line per fit and every ten
/// seconds.</summary>
internal sealed class SvmView(TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly bool isLive = Terminal.IsLive(onError: true);
    private long written;
    private int width;

    /// <summary>Shows a sentence.</summary>
    public void Notice(string text)
    {
        Clear();
        Terminal.Notice(text);
    }

    /// <summary>Shows progress; any thread may call it.</summary>
    public void Show(SupportVectorProgress now)
    {
        var line = $"C {now.C}, gamma {now.Gamma}, {now.Fit} of {now.Fits}: {now.PairsDone} of {now.Pairs} pairs of classes";
        lock (gate)
        {
            if (isLive)
                Terminal.ErrorOutput.Write($"\r{line.PadRight(width)}");
            else if (now.PairsDone == 0 || time.GetElapsedTime(written) >= Between)
            {
                written = time.GetTimestamp();
                Terminal.Notice(line);
            }
            width = line.Length;
        }
    }

    /// <summary>Erases the line of progress.</summary>
    public void Clear()
    {
        if (isLive && width > 0)
            Terminal.ErrorOutput.Write($"\r{new string(' ', width)}\r");
        width = 0;
    }
}
