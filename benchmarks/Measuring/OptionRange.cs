using System.CommandLine;
using System.Numerics;

namespace Sonde.Measuring;

/// <summary>What the numbers of an option may be; others would measure nothing and end with a stack, or with an empty table.</summary>
internal static class OptionRange
{
    /// <summary>Refuses numbers below the least, and above the most.</summary>
    public static Option<T[]> Each<T>(this Option<T[]> option, T least, T? most = null) where T : struct, INumber<T> => option.Check(least, most, all => all);

    /// <summary>Refuses a number below the least.</summary>
    public static Option<T> AtLeast<T>(this Option<T> option, T least) where T : struct, INumber<T> => option.Check<T, T>(least, null, one => [one]);

    /// <summary>Refuses a number below the least, if one is given.</summary>
    public static Option<T?> AtLeast<T>(this Option<T?> option, T least) where T : struct, INumber<T> =>
        option.Check<T?, T>(least, null, one => one is { } given ? [given] : []);

    private static Option<TValue> Check<TValue, T>(this Option<TValue> option, T least, T? most, Func<TValue, T[]> numbers) where T : struct, INumber<T>
    {
        option.Validators.Add(result =>
        {
            // A word that is no number has its own message.
            if (result.Errors.Any() || result.Tokens.Any(token => !T.TryParse(token.Value, null, out _)))
                return;
            foreach (var number in numbers(result.GetValueOrDefault<TValue>()!).Where(number => !(number >= least && !(number > most))))
                result.AddError($"{option.Name}: expected {(most is null ? $"at least {least}" : $"{least} to {most}")}, got {number}.");
        });
        return option;
    }
}
