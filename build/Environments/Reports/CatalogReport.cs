using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Channels;

namespace Slipway.Build.Environments.Reports;

/// <summary>Catalogs that are not where the channels are: those of a store from before them, or after a mover that died.</summary>
public static class CatalogReport
{
    public static async Task MendCatalogsAsync(this IProgressReport report, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        foreach (var color in Colors.All)
        {
            try
            {
                if (await environment.Catalogs.RepairAsync(color, cancellation))
                    report.Line($"The catalog of {color.Word()} was behind its channels, and says now where they are.");
            }
            catch (SlipwayException e)
            {
                // servers do without it, and a deployment as well
                report.Line($"The catalog of {color.Word()} could not be compared with its channels, so servers of {color.Word()} ask for every one of them. {e.Message}");
            }
        }
    }
}
