using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Training;
using Slipway.Registry;

namespace Slipway.Build.Workflows.Changes;

/// <summary>A model with an invalid model.json.</summary>
/// <param name="File">Relative to the repository's root.</param>
public sealed record BrokenModel(string Name, string File, string Problem)
{
    public static IReadOnlyList<BrokenModel> Among(IEnumerable<ModelFolder> models, Paths paths) => [.. models.Select(model => Of(model, paths)).OfType<BrokenModel>()];

    private static BrokenModel? Of(ModelFolder model, Paths paths)
    {
        try
        {
            model.ReadSpec();
            return null;
        }
        catch (SlipwayException e)
        {
            return new(model.Name, paths.Relative(model.SpecPath).Replace('\\', '/'), e.Message);
        }
    }
}
