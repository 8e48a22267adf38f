using System.Globalization;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Cli;

/// <summary>The names in a repository that values on the command line can refer to.</summary>
public sealed record RepositoryFacts(IReadOnlyList<string> Models, IReadOnlyList<string> Environments);

/// <summary>What makes a value valid.</summary>
/// <param name="Form">How the list of targets shows it, such as <c>&lt;name&gt;</c> or <c>allow|fail</c>.</param>
/// <param name="Problem">The problem with a value, as the end of a sentence; null if it is valid.</param>
public sealed record ValueRule(string Form, Func<string, RepositoryFacts, string?> Problem)
{
    public const string True = "true";

    /// <summary>The argument needs no value; without one it means <see cref="True"/>.</summary>
    public bool IsFlag { get; private init; }

    public static ValueRule Flag { get; } = OneOf(True, "false") with { IsFlag = true };

    public static ValueRule Text(string form) => new(form, (value, _) => string.IsNullOrWhiteSpace(value) ? "must not be empty" : null);

    public static ValueRule OneOf(params string[] allowed) => new(
        string.Join('|', allowed),
        (value, _) => allowed.Contains(value) ? null : $"must be {string.Join(" or ", allowed)}, not '{value}'");

    public static ValueRule WholeNumber(int least, int most, string form = "<n>") => new(
        form,
        (value, _) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : most == int.MaxValue
                ? $"must be a whole number of at least {least}, not '{value}'"
                : $"must be a whole number from {least} to {most}, not '{value}'");

    public static ValueRule Number(double least, double most) => new(
        "<number>",
        (value, _) => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}, such as {least + (most - least) / 2:0.##}, not '{value}'"));

    /// <summary>Percentages, separated by commas. Whether they rise is not checked here.</summary>
    public static ValueRule Shares { get; } = new(
        "<percent>,<percent>",
        (value, _) => value.Split(',').All(share => int.TryParse(share.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 99)
            ? null
            : $"must be percentages from 1 to 99, separated by commas, such as 5,25,50, not '{value}'");

    public static ValueRule Fault { get; } = new(
        "errors:<share>",
        (value, _) => value.StartsWith("errors:", StringComparison.Ordinal)
            && double.TryParse(value["errors:".Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= 1
            ? null
            : $"must be a share of requests above 0 and at most 1, such as errors:0.3, not '{value}'");

    public static ValueRule Instant { get; } = new(
        "<time>",
        (value, _) => InstantText.TryParse(value, out var _) ? null : $"must be a time such as {InstantText.Examples}, not '{value}'");

    public static ValueRule Duration { get; } = new(
        "<hh:mm:ss>",
        (value, _) => TimeSpan.TryParseExact(value, "c", CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero
            ? null
            : $"must be a duration such as 00:01:30, not '{value}'");

    public static ValueRule Model { get; } = new("<name>", (value, facts) =>
        facts.Models.Contains(value) ? null
        : facts.Models.Count == 0 ? $"names '{value}', but there are no models in training/models yet"
        : $"names an unknown model: '{value}'.{Suggestion.DidYouMean(value, facts.Models)} Models in training/models: {string.Join(", ", facts.Models)}");

    /// <summary>A model that need not be in this checkout: its history outlives its folder.</summary>
    public static ValueRule ModelName { get; } = new("<name>", (value, _) =>
        Registry.ModelName.IsValid(value) ? null : $"is not a valid model name: '{value}' ({Registry.ModelName.Rule})");

    /// <summary>A model that does not exist yet.</summary>
    public static ValueRule NewModel { get; } = new("<name>", (value, facts) =>
        !Registry.ModelName.IsValid(value) ? $"is not a valid model name: '{value}' ({Registry.ModelName.Rule}){(Registry.ModelName.Nearest(value) is { } near ? $"; how about {near}" : "")}"
        : facts.Models.Contains(value) ? $"names a model that exists already: '{value}'. Train it with ./build.sh --target=Train --model={value} --dataset=<file>, or choose another name"
        : null);

    /// <summary>Names that are valid in a path, as a Terraform folder and in the names of AWS resources.</summary>
    public static ValueRule EnvironmentNames { get; } = new("<name>,<name>", (value, _) =>
        EnvironmentList.Split(value).FirstOrDefault(name => !EnvironmentList.IsName(name)) is { } wrong
            ? $"names an environment '{wrong}': a name is lower-case letters, digits and hyphens, at most 20, and not '{EnvironmentList.Local}'"
            : null);

    /// <summary>Comparisons of the benchmark, separated by commas.</summary>
    public static ValueRule Comparisons { get; } = new("<name>,<name>", (value, _) =>
        ComparisonNames.Split(value) is not { Count: > 0 } names ? $"must name one of: {string.Join(", ", ComparisonNames.All)}"
        : names.FirstOrDefault(name => !ComparisonNames.All.Contains(name)) is { } wrong
            ? $"names an unknown comparison: '{wrong}'.{Suggestion.DidYouMean(wrong, ComparisonNames.All)} Comparisons: {string.Join(", ", ComparisonNames.All)}"
            : null);

    public static ValueRule HttpAddress { get; } = new("<http://host:port>", (value, _) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/"
            ? null
            : $"must be an address such as http://127.0.0.1:5055, not '{value}'");

    /// <summary>Rejects what git could take for an option or for several words.</summary>
    public static ValueRule GitReference { get; } = new("<ref>", (value, _) =>
        value.Length > 0 && value[0] != '-' && !value.Contains("..", StringComparison.Ordinal) && value.All(letter => char.IsLetterOrDigit(letter) || "/._-+@".Contains(letter, StringComparison.Ordinal))
            ? null
            : $"must be a branch, a tag or a commit, such as origin/main, not '{value}'");

    public static ValueRule RegistryHost { get; } = new(Slipway.Build.Cli.Configuration.RegistryHost.Form, (value, _) =>
        Slipway.Build.Cli.Configuration.RegistryHost.IsValid(value) ? null : $"must be a host, with its port where it is not 443, such as 127.0.0.1:5000, not '{value}'");

    public static ValueRule HttpUrl { get; } = new("<https://host/path>", (value, _) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? null : $"must be a URL that begins with https://, not '{value}'");

    public static ValueRule ImageReference { get; } = new("<image>", (value, _) =>
        value.All(letter => char.IsAsciiLetterOrDigit(letter) || "./:@_-".Contains(letter, StringComparison.Ordinal)) && char.IsAsciiLetterOrDigit(value[0])
            ? null
            : $"must be an image such as mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled, not '{value}'");

    public static ValueRule AwsEnvironment { get; } = new("<name>", (value, facts) =>
        value == EnvironmentList.Local ? $"must be an environment on AWS: {EnvironmentList.Local} needs nothing built"
        : Environment!.Problem(value, facts));

    public static ValueRule Environment { get; } = new("<name>", (value, facts) =>
        facts.Environments.Contains(value)
            ? null
            : $"names an unknown environment: '{value}'.{Suggestion.DidYouMean(value, facts.Environments)} Environments: {string.Join(", ", facts.Environments)}");
}
