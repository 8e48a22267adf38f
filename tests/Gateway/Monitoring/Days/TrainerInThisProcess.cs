using Slipway.Automation.Local;
using Slipway.Trainer;

namespace Slipway.Gateway.Tests.Monitoring.Days;

/// <summary>The trainer, without the start of a process.</summary>
internal sealed class TrainerInThisProcess : ITrainerProgram
{
    public async Task<TrainerEnd> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        await using var printed = new StringWriter();
        var exit = await TrainerProgram.RunAsync(["train", $"--root={root}"], printed, printed, TimeProvider.System);
        output(printed.ToString());
        return TrainerEnd.Of(root, exit);
    }
}
