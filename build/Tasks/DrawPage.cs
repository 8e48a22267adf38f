using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Tools;

namespace Slipway.Build.Tasks;

[TaskDescription("Makes docs/page.png, the picture in the README, from the operator's page of the local environment.")]
[Takes(nameof(Arguments.Environment))]
public sealed class DrawPage : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped. The picture is as it was.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = context.Environments.OpenLocal(nameof(DrawPage), "the picture shows a fleet on this machine.");
        var gateway = environment.Gateway;
        var file = context.Paths.FromRoot("docs/page.png");
        var picture = new PagePicture(context.Paths.FromRoot("tests/EndToEnd/Browser/driver"), Environment.GetEnvironmentVariable("PATH") ?? "", environment.Time);
        await picture.MakeAsync(environment.Fleet.PageOf(gateway), $"{gateway.PrivateUrl}/", file, cancellation);
        context.Report.Close($"{context.Paths.Relative(file)} is new. Look at it before you commit it.");
    }
}
