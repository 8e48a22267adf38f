using Slipway.Automation.Local.Watching;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Environments.Watching;

/// <summary>The models under training/models, which may come, change and go while a target runs.</summary>
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
            return null; // removed, or being replaced at this moment: the next look tells
        }
    }

    public ModelFolder Of(string model) => new(model, Path.Combine(folder, model));
}
