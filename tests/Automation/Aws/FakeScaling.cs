using Amazon.ApplicationAutoScaling;
using Amazon.ApplicationAutoScaling.Model;

namespace Slipway.Automation.Tests.Aws;

/// <summary>Application Auto Scaling in memory.</summary>
internal sealed class FakeScaling
{
    public FakeScaling() => Client = ClientDouble.Of<IAmazonApplicationAutoScaling>(this);

    public IAmazonApplicationAutoScaling Client { get; }

    /// <summary>The least number of tasks of each service.</summary>
    public Dictionary<string, int?> Least { get; } = [];

    /// <summary>The services that are to be scaled in later, and how far.</summary>
    public Dictionary<string, int?> Later { get; } = [];

    /// <summary>Called first by every operation, with its name; its exception is the response.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public Task<RegisterScalableTargetResponse> RegisterScalableTargetAsync(RegisterScalableTargetRequest request, CancellationToken _)
    {
        Before("RegisterScalableTarget");
        lock (Least)
            Least[request.ResourceId] = request.MinCapacity;
        return Task.FromResult(new RegisterScalableTargetResponse());
    }

    public Task<DescribeScheduledActionsResponse> DescribeScheduledActionsAsync(DescribeScheduledActionsRequest request, CancellationToken _)
    {
        lock (Least)
            return Task.FromResult(new DescribeScheduledActionsResponse { ScheduledActions = Later.ContainsKey(request.ResourceId) ? [new()] : [] });
    }

    public Task<PutScheduledActionResponse> PutScheduledActionAsync(PutScheduledActionRequest request, CancellationToken _)
    {
        Before("PutScheduledAction");
        lock (Least)
            Later[request.ResourceId] = request.ScalableTargetAction.MinCapacity;
        return Task.FromResult(new PutScheduledActionResponse());
    }

    public Task<DeleteScheduledActionResponse> DeleteScheduledActionAsync(DeleteScheduledActionRequest request, CancellationToken _)
    {
        lock (Least)
            Later.Remove(request.ResourceId);
        return Task.FromResult(new DeleteScheduledActionResponse());
    }
}
