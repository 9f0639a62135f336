using Sonde.Cli.Shell;
using Sonde.Running.Baselines;

namespace Sonde.Cli.Svm;

/// <summary>How far <c>sonde svm</c> is, on standard error: one line redrawn on a terminal, elsewhere a line for each fit and every ten seconds.</summary>
internal sealed class SvmView(TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly bool isLive = Terminal.IsLive(onError: true);
    private long told;
    private int width;

    /// <summary>Tells a sentence.</summary>
    public void Notice(string text)
    {
        Clear();
        Console.Error.WriteLine(text);
    }

    /// <summary>Shows progress; any thread may call it.</summary>
    public void Show(SupportVectorProgress now)
    {
        var line = $"C {now.C}, gamma {now.Gamma}, {now.Fit} of {now.Fits}: {now.PairsDone} of {now.Pairs} pairs of classes";
        lock (gate)
        {
            if (isLive)
                Console.Error.Write($"\r{line.PadRight(width)}");
            else if (now.PairsDone == 0 || time.GetElapsedTime(told) >= Between)
            {
                told = time.GetTimestamp();
                Console.Error.WriteLine(line);
            }
            width = line.Length;
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (isLive && width > 0)
            Console.Error.Write($"\r{new string(' ', width)}\r");
        width = 0;
    }
}
