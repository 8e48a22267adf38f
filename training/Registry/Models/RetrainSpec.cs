using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Slipway.Registry.Models;

/// <summary>
/// A model with it is not trained on every dataset that arrives: datasets are kept, and training starts when there is a cause.
/// </summary>
/// <param name="On">What causes a training.</param>
/// <param name="Cooldown">Time between two trainings with a cause, as hours, minutes and seconds; read it as <see cref="CooldownTime"/>.</param>
/// <param name="PerDay">Trainings with a cause within 24 hours.</param>
public sealed partial record RetrainSpec(IReadOnlyList<RetrainKind> On, string Cooldown = RetrainSpec.DefaultCooldown, int PerDay = 1)
{
    public const string DefaultCooldown = "24:00:00";
    public const int MaxPerDay = 24;

    private static readonly TimeSpan MaxCooldown = TimeSpan.FromDays(365);

    /// <exception cref="FormatException">It is not a valid duration, which <see cref="ModelSpecReader"/> excludes.</exception>
    [JsonIgnore]
    public TimeSpan CooldownTime => Parse(Cooldown) ?? throw new FormatException($"'{Cooldown}' is not a duration.");

    internal IEnumerable<string> Problems()
    {
        if (On.Count == 0)
            yield return $"'retrain.on' is empty: list at least one of {string.Join(", ", Enum.GetValues<RetrainKind>().Select(kind => kind.Word()))}, or remove 'retrain' to train on every dataset that arrives.";
        if (On.Distinct().Count() < On.Count)
            yield return "'retrain.on' lists a cause twice.";
        if (Parse(Cooldown) is not { } cooldown)
            yield return $"'retrain.cooldown' is '{Cooldown}'; expected hours, minutes and seconds such as {DefaultCooldown}.";
        else if (cooldown > MaxCooldown)
            yield return $"'retrain.cooldown' is '{Cooldown}'; expected at most {MaxCooldown.TotalHours:0}:00:00, which is a year.";
        if (PerDay is < 1 or > MaxPerDay)
            yield return $"'retrain.perDay' must be from 1 to {MaxPerDay}.";
    }

    // TimeSpan takes 24:00:00 for 24 days
    private static TimeSpan? Parse(string text) => Pattern().Match(text) is { Success: true } match
        ? new TimeSpan(Number(match, "hours"), Number(match, "minutes"), Number(match, "seconds"))
        : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<hours>[0-9]{1,6}):(?<minutes>[0-5][0-9]):(?<seconds>[0-5][0-9])\z")]
    private static partial Regex Pattern();
}

[JsonConverter(typeof(JsonStringEnumConverter<RetrainKind>))]
public enum RetrainKind
{
    /// <summary>What callers send differs from what the model was trained on.</summary>
    [JsonStringEnumMemberName("drift")] Drift,

    /// <summary>A metric is below its gate, measured on labels that came later.</summary>
    [JsonStringEnumMemberName("accuracy")] Accuracy,
}

public static class RetrainKinds
{
    /// <summary>As <c>model.json</c> and records have it.</summary>
    public static string Word(this RetrainKind kind) => kind switch
    {
        RetrainKind.Drift => "drift",
        RetrainKind.Accuracy => "accuracy",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
