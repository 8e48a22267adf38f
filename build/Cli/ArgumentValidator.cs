using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Cli;

/// <summary>
/// Validates a command line before Cake does, because Cake ignores unknown switches,
/// so that a misspelled argument would silently do something else.
/// </summary>
/// <param name="isOpen">Whether a value is not known yet; it is accepted.</param>
public sealed class ArgumentValidator(TargetCatalog catalog, RepositoryFacts facts, Func<string, bool>? isOpen = null)
{
    /// <summary>The first problem, as a sentence that says what would be valid; null if there is none.</summary>
    public string? FirstProblem(CommandLine line) => Problems(line).FirstOrDefault();

    private IEnumerable<string> Problems(CommandLine line) =>
        UnexpectedWords(line).Concat(Targets(line)).Concat(Switches(line)).Concat(Values(line)).Concat(Missing(line)).Concat(Contradictions(line));

    private IEnumerable<SettingKey> Settings => SettingKeys.With(facts.Environments.Where(name => name != EnvironmentList.Local));

    private IEnumerable<string> UnexpectedWords(CommandLine line) =>
        from word in line.UnexpectedWords
        select catalog.Find(word) is { } target
            ? $"'{word}' is not an argument. Did you mean --target={target.Name}?"
            : $"'{word}' is not an argument. Arguments have the form --name=value.";

    private IEnumerable<string> Targets(CommandLine line) =>
        from target in line.Targets
        where catalog.Find(target) is null
        select target.Length == 0
            ? "--target needs a name, such as --target=Test."
            : $"There is no target '{target}'.{Suggestion.DidYouMean(target, catalog.Names)} Targets: {string.Join(", ", catalog.Names)}.";

    private static IEnumerable<string> Switches(CommandLine line) =>
        from given in line.Switches
        where given.Switch.Values is { } allowed && !allowed.Contains(given.Value!, StringComparer.OrdinalIgnoreCase)
        select $"{given.Switch.Name} must be one of {string.Join(", ", (given.Switch.Values ?? []).Where(v => v.Length > 1))}, not '{given.Value}'.";

    private IEnumerable<string> Values(CommandLine line)
    {
        var targets = RequestedTargets(line);
        var taken = targets.SelectMany(target => target.Arguments).Distinct().ToList();
        foreach (var group in line.Values.GroupBy(given => given.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (group.Skip(1).Any())
                yield return $"--{group.Key} is given more than once.";
            if (Problem(group.First(), targets, taken) is { } problem)
                yield return problem;
        }
    }

    private string? Problem(ParsedValue given, List<Target> targets, List<Argument> taken)
    {
        if (taken.FirstOrDefault(argument => IsNamed(argument, given.Name)) is { } argument)
            return WrongValue(argument.Flag, argument.Rule, given);

        if (Arguments.Named(given.Name) is { } other)
            return $"{other.Flag} is not an argument of {Names(targets)}. {TakenBy(other)}";

        if (Settings.FirstOrDefault(key => key.Name.Equals(given.Name, StringComparison.OrdinalIgnoreCase)) is { } setting)
            return WrongValue($"--{setting.Name}", setting.Rule, given);

        return $"There is no argument --{given.Name}.{Suggestion.DidYouMean(given.Name, taken.Select(a => a.Name).Concat(Settings.Select(k => k.Name)).Concat(CakeSwitches.Names), "--")} {Offer(targets, taken)}";
    }

    private string? WrongValue(string flag, ValueRule rule, ParsedValue given) =>
        given.Value is not { Length: > 0 } ? $"{flag} needs a value: {flag}={rule.Form}."
        : isOpen?.Invoke(given.Value) == true ? null
        : rule.Problem(given.Value, facts) is { } problem ? $"{flag} {problem}."
        : null;

    private IEnumerable<string> Missing(CommandLine line) =>
        line.OnlyDescribes
            ? []
            : from target in RequestedTargets(line)
              from argument in target.Required
              where line.Value(argument) is null
              select $"{target.Name} requires {argument}: {argument.Description}.";

    private IEnumerable<string> Contradictions(CommandLine line) =>
        !line.OnlyDescribes && RequestedTargets(line).Exists(target => target.Arguments.Contains(Arguments.What)) && RollbackArguments.Problem(line) is { } problem
            ? [problem]
            : [];

    private List<Target> RequestedTargets(CommandLine line) =>
        [.. line.Targets.DefaultIfEmpty(CommandLine.DefaultTarget).Select(catalog.Find).OfType<Target>()];

    private string TakenBy(Argument argument) =>
        catalog.Targets.Where(t => t.Arguments.Any(taken => IsNamed(taken, argument.Name))).Select(t => t.Name).ToList() is { Count: > 0 } names
            ? $"It belongs to {string.Join(", ", names)}."
            : "No target takes it.";

    private static bool IsNamed(Argument argument, string name) => argument.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Offer(List<Target> targets, List<Argument> taken) =>
        taken.Count == 0 ? $"{Names(targets)} takes no arguments." : $"{Names(targets)} takes {string.Join(", ", taken)}.";

    private static string Names(List<Target> targets) => string.Join(" and ", targets.Select(t => t.Name));
}
