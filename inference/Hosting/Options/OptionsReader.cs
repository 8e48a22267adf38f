using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Slipway.Registry.Storage;

namespace Slipway.Hosting.Options;

/// <summary>
/// Reads options from the environment (<c>SLIPWAY_Name</c>) and the command line (<c>--Name=value</c>, which takes precedence), and collects all errors.
/// A method with a default value gets the option's name from it: <c>read.Number(defaults.MaxRows, 1, 100)</c> reads <c>MaxRows</c>.
/// </summary>
public sealed class OptionsReader(OptionNames names, IConfiguration configuration)
{
    // no wait needs a day or more; the limit also catches a bare number, which TimeSpan parses as days
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1) - TimeSpan.FromTicks(1);

    private readonly List<string> _errors = [];

    public delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>Skips arguments that set no option: they are errors, and could hide the value of one that does.</summary>
    public static IConfigurationBuilder AddSources(IConfigurationBuilder builder, OptionNames names, IEnumerable<string> arguments) => builder
        .AddEnvironmentVariables(OptionNames.EnvironmentPrefix)
        .AddCommandLine([.. arguments.Where(argument => names.Refusal(argument) is null)]);

    public void RefuseUnknown(IEnumerable<string> arguments) => _errors.AddRange(arguments.Select(names.Refusal).OfType<string>());

    /// <summary>An empty setting is more likely a mistake than a request for the default.</summary>
    /// <param name="except">Options for which empty means not set.</param>
    public void RefuseEmpty(params string[] except)
    {
        foreach (var name in names.All.Where(name => configuration[name] is { } value && string.IsNullOrWhiteSpace(value) && !except.Contains(name)))
            Refuse($"{name} is set but empty; give it a value or remove it ({OptionNames.Ways(name)})");
    }

    public void Refuse(string error) => _errors.Add(error);

    /// <summary>The value as given; null if it is missing or empty.</summary>
    public string? Given(string name) => names.Contains(name)
        ? string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]
        : throw new InvalidOperationException($"There is no option '{name}'.");

    [return: NotNullIfNotNull(nameof(fallback))]
    public string? Text(string? fallback, [CallerArgumentExpression(nameof(fallback))] string name = "") => Given(NameOf(name)) ?? fallback;

    [return: NotNullIfNotNull(nameof(fallback))]
    public string? Text(string? fallback, string expected, Predicate<string> isValid, [CallerArgumentExpression(nameof(fallback))] string name = "")
    {
        if (Text(null, name) is { } text && !isValid(text))
            return Wrong(Unexpected(NameOf(name), text, expected), text);
        return Text(fallback, name);
    }

    public bool Flag(bool fallback, [CallerArgumentExpression(nameof(fallback))] string name = "") => Parse(fallback, "true or false", bool.TryParse, name);

    public T Number<T>(T fallback, T min, T max, [CallerArgumentExpression(nameof(fallback))] string name = "") where T : struct, IBinaryInteger<T> => Parse(
        fallback, $"a whole number from {min} to {max}",
        (string text, out T value) => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max, name);

    /// <summary>A fraction, such as 0.25.</summary>
    public double Share(double fallback, [CallerArgumentExpression(nameof(fallback))] string name = "") => Parse(
        fallback, "a fraction from 0 to 1",
        (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1, name);

    /// <summary>Seconds (0.5) or hours:minutes:seconds (00:00:05).</summary>
    /// <param name="max">Null: less than a day.</param>
    public TimeSpan Duration(TimeSpan fallback, TimeSpan min, TimeSpan? max = null, [CallerArgumentExpression(nameof(fallback))] string name = "") => Parse(
        fallback, $"seconds such as 0.5, or hh:mm:ss{(max is { } bound ? $", from {min:c} to {bound:c}" : "")}",
        (string text, out TimeSpan value) => TryDuration(text, out value) && value >= min && value <= (max ?? MaxDuration), name);

    /// <summary>The store's address.</summary>
    public string Store(string name)
    {
        if (Given(name) is not { } store)
            return Wrong($"{name} is not set; expected {ObjectStores.Rule} ({OptionNames.Ways(name)})", "");
        return ObjectStores.Problem(store) is { } problem ? Wrong($"{name} {problem.TrimEnd('.')} ({OptionNames.Ways(name)})", store) : store;
    }

    public T Parse<T>(T fallback, string expected, TryParse<T> parse, [CallerArgumentExpression(nameof(fallback))] string name = "")
    {
        name = NameOf(name);
        return Given(name) is not { } text ? fallback
            : parse(text, out var value) ? value
            : Wrong(Unexpected(name, text, expected), fallback);
    }

    /// <exception cref="InvalidOptionsException">There was at least one error.</exception>
    public void ThrowIfWrong()
    {
        if (_errors.Count > 0)
            throw new InvalidOptionsException(_errors);
    }

    private static string Unexpected(string name, string text, string expected) => $"{name} is '{text}'; expected {expected} ({OptionNames.Ways(name)})";

    private T Wrong<T>(string error, T fallback)
    {
        Refuse(error);
        return fallback;
    }

    // defaults.PredictionLog.SampleRate is PredictionLog:SampleRate
    private static string NameOf(string expression) => expression[(expression.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace('.', ':');

    private static bool TryDuration(string text, out TimeSpan value)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e9)
        {
            value = TimeSpan.FromSeconds(seconds);
            return true;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }
}
