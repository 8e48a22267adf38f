using Slipway.Registry.Models;

namespace Slipway.Registry.Lineages;

/// <summary>
/// Which library grew the trees of <see cref="TrainerNames.BoostedTrees"/>: the machine decides, so a lineage says it among its libraries, under the trainer's name.
/// </summary>
public static class TreeLibrary
{
    /// <param name="libraries">Of a lineage, or of a job's evidence.</param>
    /// <returns><see cref="TrainerNames.LightGbm"/> or <see cref="TrainerNames.FastTree"/>; null for every other trainer.</returns>
    public static string? Of(IReadOnlyDictionary<string, string> libraries) => libraries.GetValueOrDefault(TrainerNames.BoostedTrees);

    /// <summary>A trainer in words: <c>boostedTrees (LightGBM)</c>, or its name alone.</summary>
    public static string Named(string trainer, IReadOnlyDictionary<string, string> libraries) =>
        Of(libraries) is { } library ? $"{trainer} ({library})" : trainer;

    /// <summary>All that have a version.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Versions(IReadOnlyDictionary<string, string> libraries) =>
        libraries.Where(library => library.Key != TrainerNames.BoostedTrees);
}
