using Amazon.ECS.Model;
using Slipway.Build.Environments.Fleets.Aws;

namespace Slipway.Build.Tests.Environments.Fleets.Aws;

[Category("Sdk")]
public sealed class ServiceRolloutPolicyTests
{
    private const string Ours = "ecs-svc/2";

    [Test]
    public void IsStableWhenTheDeploymentIsCompleteAndAlone() =>
        Assert.That(Evaluate(Service(2, 2, Deployment(Ours, "PRIMARY", "COMPLETED"))), Is.EqualTo(new ServiceVerdict(ServiceRollout.Stable, "2 of 2 tasks running", true)));

    [Test]
    public void IsNotStableWhileAnotherDeploymentStillHasTasks() =>
        Assert.That(Evaluate(Service(2, 2, Deployment(Ours, "PRIMARY", "COMPLETED"), Deployment("ecs-svc/1", "ACTIVE", "COMPLETED"))).Rollout, Is.EqualTo(ServiceRollout.Progressing));

    [Test]
    public void IsNotStableBecauseEnoughTasksRun() =>
        Assert.That(Evaluate(Service(2, 2, Deployment(Ours, "PRIMARY", "IN_PROGRESS"))).Rollout, Is.EqualTo(ServiceRollout.Progressing));

    [Test]
    public void IsNotStableWhileTasksArePending() =>
        Assert.That(Evaluate(Service(2, 2, Deployment(Ours, "PRIMARY", "COMPLETED"), pending: 1)).Rollout, Is.EqualTo(ServiceRollout.Progressing));

    [Test]
    public void SaysHowManyTasksFailed() =>
        Assert.That(Evaluate(Service(2, 0, Deployment(Ours, "PRIMARY", "IN_PROGRESS", failed: 2))).Text, Is.EqualTo("0 of 2 tasks running, 2 failed"));

    [Test]
    public void HasFailedWhenTheCircuitBreakerSaysSo()
    {
        var verdict = Evaluate(Service(2, 2, Deployment(Ours, "ACTIVE", "FAILED", reason: "ECS deployment circuit breaker: tasks failed to start."),
            Deployment("ecs-svc/1", "PRIMARY", "IN_PROGRESS", revision: "arn:aws:ecs:eu-central-1:1:task-definition/blue:6")));

        Assert.That(verdict, Is.EqualTo(new ServiceVerdict(ServiceRollout.Failed, "ECS deployment circuit breaker: tasks failed to start; blue:6 is running again", true)));
    }

    [Test]
    public void HasFailedWhenAnotherDeploymentTookItsPlace()
    {
        var service = Service(2, 2, Deployment("ecs-svc/3", "PRIMARY", "COMPLETED", revision: "arn:aws:ecs:eu-central-1:1:task-definition/blue:8"));

        Assert.That(ServiceRolloutPolicy.Evaluate(service, Ours, wasSeen: true), Is.EqualTo(new ServiceVerdict(ServiceRollout.Failed, "another deployment replaced it: blue:8", false)));
        Assert.That(ServiceRolloutPolicy.Evaluate(service, Ours, wasSeen: false).Rollout, Is.EqualTo(ServiceRollout.Progressing), "a response may be older than the request");
    }

    private static ServiceVerdict Evaluate(Service service) => ServiceRolloutPolicy.Evaluate(service, Ours, wasSeen: true);

    private static Service Service(int desired, int running, params Deployment[] deployments) => Service(desired, running, deployments, 0);

    private static Service Service(int desired, int running, Deployment deployment, int pending) => Service(desired, running, [deployment], pending);

    private static Service Service(int desired, int running, Deployment[] deployments, int pending) =>
        new() { DesiredCount = desired, RunningCount = running, PendingCount = pending, Deployments = [.. deployments] };

    private static Deployment Deployment(string id, string status, string rollout, int failed = 0, string? reason = null, string revision = "arn:aws:ecs:eu-central-1:1:task-definition/blue:7") =>
        new() { Id = id, Status = status, RolloutState = rollout, RolloutStateReason = reason, FailedTasks = failed, RunningCount = 0 + (rollout == "COMPLETED" ? 2 : 0), TaskDefinition = revision };
}
