using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class GapPolicyTests
{
    private static readonly Dictionary<string, int> Desired = new() { ["pumps"] = 2, ["valves"] = 1 };

    [Test]
    public void NothingIsMissingWhereEveryModelAnswersWithItsVersion()
    {
        ReplicaHeartbeat[] servers = [Server(Served("pumps", 2), Served("valves", 1))];

        Assert.That(GapPolicy.Unsettled(servers, Desired), Is.Null);
        Assert.That(GapPolicy.Gaps(servers, Desired), Is.Empty);
    }

    [Test]
    public void AModelThatTheNextRequestLoadsIsSettled()
    {
        ReplicaHeartbeat[] servers = [Server(Served("pumps", 2) with { State = ServedModelState.Available, Resident = false }, Served("valves", 1))];

        Assert.That(GapPolicy.Unsettled(servers, Desired), Is.Null);
        Assert.That(GapPolicy.Gaps(servers, Desired), Is.Empty);
        Assert.That(GapPolicy.Unsettled(servers, new Dictionary<string, int> { ["pumps"] = 3 }), Is.EqualTo("blue-1 has not settled pumps"), "it is of another version");
    }

    [Test]
    public void AModelThatIsLoadingIsNotSettled() =>
        Assert.That(GapPolicy.Unsettled([Server(Served("pumps", 2), Served("valves", null))], Desired), Is.EqualTo("blue-1 has not settled valves"));

    [Test]
    public void AModelThatNoServerKnowsYetIsNotSettled() =>
        Assert.That(GapPolicy.Unsettled([Server(Served("pumps", 2))], Desired), Is.EqualTo("blue-1 has not settled valves"));

    [Test]
    public void SilenceSettlesNothing() => Assert.That(GapPolicy.Unsettled([], Desired), Is.EqualTo("no server is sending heartbeats"));

    [Test]
    public void AQuarantinedModelIsSettledAndMissing()
    {
        ReplicaHeartbeat[] servers = [Server(Served("pumps", 2), Quarantined("valves", null, 1))];

        Assert.That(GapPolicy.Unsettled(servers, Desired), Is.Null);
        Assert.That(GapPolicy.Gaps(servers, Desired), Is.EqualTo(new[] { new ModelGap("valves", 1, null, "the archive is damaged") }));
    }

    [Test]
    public void TheWorstOfSeveralServersCounts()
    {
        ReplicaHeartbeat[] servers = [Server(Quarantined("pumps", 1, 2), Served("valves", 1)), Server(Quarantined("pumps", null, 2), Served("valves", 1))];

        Assert.That(GapPolicy.Gaps(servers, Desired).Single().Answers, Is.Null);
    }

    [TestCase(1, null, true, TestName = "WhatLiveAnswersAndTheCandidateDoesNotIsALoss")]
    [TestCase(2, 1, true, TestName = "AnOlderVersionThanLiveAnswersIsALoss")]
    [TestCase(1, 1, false, TestName = "TheSameOlderVersionAsLiveIsNone")]
    [TestCase(null, null, false, TestName = "WhatNobodyAnswersIsNone")]
    [TestCase(null, 1, false, TestName = "MoreThanLiveAnswersIsNone")]
    public void ComparesWithWhatIsLive(int? live, int? candidate, bool isLoss)
    {
        ModelGap[] gaps = [new("pumps", 2, candidate, "the archive is damaged")];

        Assert.That(GapPolicy.Loss(gaps, [Server(Served("pumps", live))]), isLoss ? Is.EqualTo(gaps[0]) : Is.Null);
    }

    [Test]
    public void SaysWhatIsMissingAndHowToMendIt()
    {
        var gap = new ModelGap("pumps", 2, 1, "The archive is damaged");

        Assert.That(gap.What, Is.EqualTo("'pumps' version 2 is not served, version 1 is served instead: The archive is damaged."));
        Assert.That(gap.Remedy(" --environment=shore"), Is.EqualTo(
            "Restore what is damaged; or bring new data for a new version with ./build.sh --target=Train --environment=shore --model=pumps --dataset=<file.csv>. Servers pick it up automatically."));
    }

    [TestCase("", null)]
    [TestCase("1", "--to=1;")]
    [TestCase("1 3", "--to=<version>;")]
    public void NamesAnotherVersionOnlyWhereThereIsOne(string others, string? expected)
    {
        var gap = new ModelGap("pumps", 2, null, "The archive is damaged")
        {
            Others = [.. others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(version => int.Parse(version, System.Globalization.CultureInfo.InvariantCulture))],
        };

        Assert.That(gap.Remedy(""), expected is null ? Does.Not.Contain("--to").And.Not.Contain("Rollback") : Does.Contain($"./build.sh --target=Rollback --model=pumps {expected}"));
        Assert.That(gap.Remedy(""), Does.Contain("--target=Train"));
    }

    [Test]
    public void AdvisesToSignWhatNobodySigned()
    {
        var gap = new ModelGap("pumps", 2, null, "No trusted key signed 'pumps' version 2");

        Assert.That(gap.Remedy(""), Is.EqualTo("Sign it with ./build.sh --target=Sign, if you vouch for it. Servers pick it up automatically."));
        Assert.That((gap with { Others = [1] }).Remedy(""), Does.Contain("; or go back to another version with ./build.sh --target=Rollback --model=pumps --to=1."));
    }

    [Test]
    public void ADeploymentWithGapsEndsAsAFailure()
    {
        var result = new DeploymentResult(Color.Blue, "release", "http://127.0.0.1:1", null, []);

        Assert.That(result.Failure, Is.Null);
        Assert.That((result with { Gaps = [new("pumps", 2, null, "why")] }).Failure?.Message, Does.StartWith("'pumps' is not served as the channels require; all other models are."));
    }

    private static ServedModel Served(string model, int? version) => new(model, version, null, version, ServedModelState.Serving, null, []);

    private static ServedModel Quarantined(string model, int? version, int desired) =>
        new(model, version, null, desired, ServedModelState.Failed, null, [new(desired, "digest", "the archive is damaged", 1)]);

    private static ReplicaHeartbeat Server(params ServedModel[] models) =>
        new("blue-1", Color.Blue, "http://10.0.0.1:8080", "new", 1, Ready: true, Draining: false, models, DateTimeOffset.UnixEpoch);
}
