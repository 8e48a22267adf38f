using Slipway.Registry.Models;

namespace Slipway.Registry.Lineages;

/// <summary>
/// Which library trained the trees of <see cref="TrainerNames.BoostedTrees"/>: it depends on the machine, so a lineage lists it among its libraries, under the trainer's name.
/// </summary>
public static class TreeLibrary
{
    /// <param name="libraries">From a lineage, or from a job's evidence.</param>
    /// <returns><see cref="TrainerNames.LightGbm"/> or <see cref="TrainerNames.FastTree"/>; null for every other trainer.</returns>
    public static string? Of(IReadOnlyDictionary<string, string> libraries) => libraries.GetValueOrDefault(TrainerNames.BoostedTrees);

    /// <summary>A trainer in words: <c>boostedTrees (LightGBM)</c>, or only its name.</summary>
    public static string Named(string trainer, IReadOnlyDictionary<string, string> libraries) =>
        Of(libraries) is { } library ? $"{trainer} ({library})" : trainer;

    /// <summary>All libraries that have a version.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Versions(IReadOnlyDictionary<string, string> libraries) =>
        libraries.Where(library => library.Key != TrainerNames.BoostedTrees);
}
