using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Training;

/// <summary>A folder under <c>training/models/</c>: every folder with a <c>model.json</c> is a model.</summary>
public sealed record ModelFolder(string Name, string Folder)
{
    public string SpecPath => Path.Combine(Folder, ArtifactFiles.Spec);

    public byte[] ReadSpecJson() => File.ReadAllBytes(SpecPath);

    /// <exception cref="SlipwayException">The spec is invalid.</exception>
    public ModelSpec ReadSpec() => ModelSpecReader.Read(ReadSpecJson(), Path.Combine("training", "models", Name, ArtifactFiles.Spec));

    /// <summary>All models of the repository, by name.</summary>
    public static IReadOnlyList<ModelFolder> All(string models) =>
        [.. Directory.EnumerateDirectories(models)
            .Where(folder => File.Exists(Path.Combine(folder, ArtifactFiles.Spec)))
            .Select(folder => new ModelFolder(Path.GetFileName(folder), folder))
            .OrderBy(model => model.Name, StringComparer.Ordinal)];
}
