using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Channels;

namespace Slipway.Build.Environments.Reports;

/// <summary>Catalogs that do not match their channels: in a store that predates catalogs, or after a process died while moving a channel.</summary>
public static class CatalogReport
{
    public static async Task RepairCatalogsAsync(this IProgressReport report, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        foreach (var color in Colors.All)
        {
            try
            {
                if (await environment.Catalogs.RepairAsync(color, cancellation))
                    report.Line($"The catalog of {color.Word()} was behind its channels and has been updated.");
            }
            catch (SlipwayException e)
            {
                // servers work without it, and so does a deployment
                report.Line($"The catalog of {color.Word()} could not be compared with its channels, so servers of {color.Word()} read every channel. {e.Message}");
            }
        }
    }
}
