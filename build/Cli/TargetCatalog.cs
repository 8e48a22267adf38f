using System.Reflection;

namespace Slipway.Build.Cli;

/// <param name="Arguments">Its own and those of the targets that it depends on.</param>
/// <param name="Required">Those that must be given.</param>
public sealed record Target(
    string Name, string Description, IReadOnlyList<string> DependsOn, IReadOnlyList<Argument> Arguments, IReadOnlyList<Argument> Required);

/// <summary>The targets of an assembly, read from its task classes.</summary>
public sealed class TargetCatalog
{
    private TargetCatalog(IReadOnlyList<Target> targets) => Targets = targets;

    public IReadOnlyList<Target> Targets { get; }

    public IEnumerable<string> Names => Targets.Select(target => target.Name);

    /// <summary>Finds a target by name, ignoring case.</summary>
    public Target? Find(string name) => Targets.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static TargetCatalog Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    public static TargetCatalog Of(IEnumerable<Type> types) => new(
    [
        .. types
            .Where(type => typeof(IFrostingTask).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })
            .OrderBy(NameOf, StringComparer.Ordinal)
            .Select(Describe),
    ]);

    private static Target Describe(Type task)
    {
        var takes = WithDependencies(task, []).SelectMany(type => type.GetCustomAttributes<TakesAttribute>()).ToList();
        return new Target(
            NameOf(task),
            task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty,
            [.. Dependencies(task).Select(NameOf)],
            [.. takes.Select(t => t.Argument).Distinct()],
            [.. takes.Where(t => t.Required).Select(t => t.Argument).Distinct()]);
    }

    private static IEnumerable<Type> WithDependencies(Type task, HashSet<Type> seen) =>
        seen.Add(task) ? Dependencies(task).SelectMany(d => WithDependencies(d, seen)).Prepend(task) : [];

    private static IEnumerable<Type> Dependencies(Type task) =>
        task.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => attribute.Task);

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;
}
