using Slipway.Build.Environments.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Rollouts;

public sealed class RolloutProgressTests
{
    private readonly RolloutProgress _progress = new(" --environment=shore");

    [Test]
    public void EachStepIsOneLineHoweverOftenSomebodyLooks()
    {
        string[] first = [.. _progress.Next(Rollouts.State(TrafficPhase.Progressing))];
        string[] again = [.. _progress.Next(Rollouts.State(TrafficPhase.Progressing))];
        string[] bake = [.. _progress.Next(Rollouts.State(TrafficPhase.Baking, step: 2))];

        Assert.That(first, Is.EqualTo(new[]
        {
            "step 1 of 2, 25 % of requests to green, for at least 1 s",
            "before 50 %, a person has to approve: ./build.sh --target=Promote --step --environment=shore",
        }));
        Assert.That(again, Is.Empty);
        Assert.That(bake, Is.EqualTo(new[] { "bake, 90 % of requests to green, for at least 2 s" }));
    }

    [Test]
    public void ChecksAreShownWhenTheirResultChanges()
    {
        string[] lines = [.. _progress.Next(Rollouts.State(TrafficPhase.RolledBack, verdict: Rollouts.Fails))];

        Assert.That(lines, Has.Some.StartsWith("errors: fail. errors: 9 of 12 on the candidate"));
        Assert.That(lines[^1], Is.EqualTo("rolled back: the reason"));
        Assert.That(_progress.Next(Rollouts.State(TrafficPhase.RolledBack, verdict: Rollouts.Fails)), Is.Empty);
    }
}
