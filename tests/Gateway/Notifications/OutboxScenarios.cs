using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Notifications;
using Slipway.Gateway.Tests.Rollouts;

namespace Slipway.Gateway.Tests.Notifications;

public class OutboxScenarios
{
    [Test]
    public async Task RecordingADeliveryLosesNoTimeOfARollout()
    {
        await using var run = await RolloutRun.StartAsync();
        await run.BeginAsync();
        var before = await run.Gateway.StateAsync();
        Assert.That(before.Outbox, Is.Not.Null);

        run.Gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await run.Gateway.App.Services.GetRequiredService<NotificationDispatcher>().TickAsync(default);

        var after = await run.Gateway.StateAsync();
        Assert.That(after.Outbox, Is.Null);
        Assert.That(after.Phase, Is.EqualTo(before.Phase));
        Assert.That(after.Rollout!.StepElapsed, Is.EqualTo(before.Rollout!.StepElapsed + TimeSpan.FromSeconds(1)));
    }
}
