using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Training;
using Slipway.Registry;

namespace Slipway.Build.Workflows.Changes;

/// <summary>A model whose model.json does not make sense.</summary>
/// <param name="File">From the top of the repository on.</param>
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
