using Slipway.Build.Cli;

namespace Slipway.Soak.Rows;

/// <summary>All rows of this program.</summary>
public static class RowCatalog
{
    /// <summary>In the order of their names; those that need no fleet first, because they need the whole machine.</summary>
    public static IReadOnlyList<ISoakRow> All { get; } =
    [
        .. typeof(RowCatalog).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(ISoakRow)))
            .Select(type => (ISoakRow)Activator.CreateInstance(type)!)
            .OrderBy(row => row.NeedsFleet).ThenBy(row => row.Name, StringComparer.Ordinal),
    ];

    /// <param name="name">Null for all.</param>
    /// <exception cref="UsageException">There is no such row.</exception>
    public static IReadOnlyList<ISoakRow> Selected(IReadOnlyList<ISoakRow> rows, string? name) => name is null
        ? rows
        : rows.FirstOrDefault(row => row.Name == name) is { } one
            ? [one]
            : throw new UsageException($"There is no row '{name}'. Rows: {string.Join(", ", rows.Select(row => row.Name))}.");
}
