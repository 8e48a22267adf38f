using Slipway.Automation.Local.Watching;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Environments.Watching;

/// <summary>The models in training/models, which may be added, changed and deleted while a target runs.</summary>
public sealed class RepositoryModels(string folder) : IModelFolders
{
    public IReadOnlyList<string> Names() => Directory.Exists(folder) ? [.. ModelFolder.All(folder).Select(model => model.Name)] : [];

    public byte[]? ReadSpecJson(string model)
    {
        try
        {
            return Of(model).ReadSpecJson();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // deleted, or being replaced at this moment: the next poll will show which
        }
    }

    public ModelFolder Of(string model) => new(model, Path.Combine(folder, model));
}
