using System.Globalization;
using Amazon.ApplicationAutoScaling.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Microsoft.Extensions.Time.Testing;
using Slipway.Automation.Tests.Aws;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Environments.Fleets.Aws;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Build.Tests.Environments.Fleets.Aws;

/// <summary>
/// Stable keeps the capacity that its load needed until the rollout has ended. The autoscaling here is as eager as it may be: after every call it scales a
/// color in to its minimum, as if nobody sent requests, and it runs what is scheduled.
/// </summary>
[Category("Sdk")]
public sealed class StableCapacityTests
{
    private const int Busy = 5;

    private readonly FakeTimeProvider _time = new(new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private LocalFolderFixture _fixture = null!;
    private EagerFleet _aws = null!;
    private EcsReleaseFleet _fleet = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _aws = new(_time);
        var settings = new AwsSettings("eu-central-1", new("http://127.0.0.1:9"), ImageSource.Registry);
        var clients = new AwsClients(settings) { Ecs = ClientDouble.Of<IAmazonECS>(_aws), Scaling = ClientDouble.Of<Amazon.ApplicationAutoScaling.IAmazonApplicationAutoScaling>(_aws) };
        var environment = new AwsEnvironment(
            new("shore", "eu-central-1", "b", "main", "u", "k", null, new("cluster", "gateway", "blue", "green", Capacity: 2, IdleMinimum: 1, RollbackWindowSeconds: 600), null!, null!, null!, null!),
            settings, clients, new DirectoryObjectStore(_fixture.Folders.Store, _time), _fixture.Folders, null!, _time);
        _fleet = new(environment, new(new("registry/model", "sha256:2"), new("registry/gateway", "sha256:9"), null!), new PlainReport(new StringWriter(CultureInfo.InvariantCulture), new Outcome(), _time));
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task StableKeepsItsServersUntilTheRolloutHasEnded(bool isPromoted)
    {
        // the last deployment has left a scale-in of what is live now
        await _fleet.RetireAsync(Color.Blue, default);
        (_aws.Desired["blue"], _aws.Minimum["blue"]) = (Busy, Busy);

        var servers = await _fleet.ServersAsync(Color.Blue, default);
        Assert.That(servers, Is.EqualTo(Busy), "as many as the load needed, and not as many as Terraform says");
        foreach (var color in Colors.All)
            await _fleet.KeepAsync(color, servers, default);

        // for as long as the rollout lasts
        _aws.Pass(TimeSpan.FromHours(3));
        Assert.That(_aws.Desired, Is.EquivalentTo(new Dictionary<string, int> { ["blue"] = Busy, ["green"] = Busy }), "stable could take everything back, and the candidate everything over");

        var retired = isPromoted ? Color.Blue : Color.Green;
        await _fleet.RetireAsync(retired, default);
        _aws.Pass(TimeSpan.FromSeconds(599));
        Assert.That(_aws.Desired[retired.Word()], Is.EqualTo(Busy), "for a rollback within the window");
        _aws.Pass(TimeSpan.FromSeconds(2));
        Assert.That(_aws.Desired[retired.Word()], Is.EqualTo(1));
        Assert.That(_aws.Desired[retired.Other().Word()], Is.EqualTo(2), "the load decides again, above what Terraform says");
    }

    private sealed class EagerFleet(FakeTimeProvider time)
    {
        private readonly Dictionary<string, (DateTimeOffset At, int Minimum)> _scheduled = [];

        public Dictionary<string, int> Desired { get; } = new() { ["blue"] = 2, ["green"] = 2 };
        public Dictionary<string, int> Minimum { get; } = new() { ["blue"] = 2, ["green"] = 2 };

        /// <summary>A color that has to have more servers gets them; one that may have fewer loses them.</summary>
        public void Pass(TimeSpan passed)
        {
            time.Advance(passed);
            foreach (var (color, action) in _scheduled.Where(action => action.Value.At <= time.GetUtcNow()).ToList())
            {
                Minimum[color] = action.Minimum;
                _scheduled.Remove(color);
            }
            foreach (var color in Desired.Keys)
                Desired[color] = Minimum[color];
        }

        public Task<DescribeServicesResponse> DescribeServicesAsync(DescribeServicesRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new DescribeServicesResponse { Services = [new() { ServiceName = request.Services.Single(), Status = "ACTIVE", DesiredCount = Desired[request.Services.Single()] }] });

        public Task<RegisterScalableTargetResponse> RegisterScalableTargetAsync(RegisterScalableTargetRequest request, CancellationToken cancellationToken = default)
        {
            Minimum[Of(request.ResourceId)] = request.MinCapacity!.Value;
            Pass(TimeSpan.Zero);
            return Task.FromResult(new RegisterScalableTargetResponse());
        }

        public Task<DescribeScheduledActionsResponse> DescribeScheduledActionsAsync(DescribeScheduledActionsRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new DescribeScheduledActionsResponse { ScheduledActions = _scheduled.ContainsKey(Of(request.ResourceId)) ? [new()] : [] });

        public Task<DeleteScheduledActionResponse> DeleteScheduledActionAsync(DeleteScheduledActionRequest request, CancellationToken cancellationToken = default)
        {
            _scheduled.Remove(Of(request.ResourceId));
            return Task.FromResult(new DeleteScheduledActionResponse());
        }

        public Task<PutScheduledActionResponse> PutScheduledActionAsync(PutScheduledActionRequest request, CancellationToken cancellationToken = default)
        {
            var at = DateTimeOffset.ParseExact(request.Schedule, "'at('yyyy-MM-dd'T'HH:mm:ss')'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            _scheduled[Of(request.ResourceId)] = (at, request.ScalableTargetAction.MinCapacity!.Value);
            return Task.FromResult(new PutScheduledActionResponse());
        }

        private static string Of(string resource) => resource.Split('/')[^1];
    }
}
