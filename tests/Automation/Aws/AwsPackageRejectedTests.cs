using Slipway.Registry;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Tests.Aws;

[Category("Sdk")]
public sealed class AwsPackageRejectedTests
{
    private AwsFixture _aws = null!;

    [SetUp]
    public async Task SetUp()
    {
        _aws = new();
        await _aws.Deploys();
        await _aws.Trains("pressure,failed\n1,0\n", 1);
        await _aws.Trains("pressure,failed\n2,0\n", 2);
        await _aws.Trains("pressure,failed\n3,0\n", 3);
    }

    [Test]
    public async Task RejectedVersionGivesWayToTheNewestApprovedOne()
    {
        var answer = await _aws.Rejects(3, "It discriminates.\nLook at slice H.");

        Assert.That(answer.Handled, Is.True);
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
        var last = (await new ModelHistory(_aws.Store).ReadAsync(AwsFixture.Model, default).ToListAsync())[^1];
        Assert.That((last.Action, last.From, last.To, last.By), Is.EqualTo((HistoryAction.Rollback, 3, 2, "arn:aws:iam::111122223333:user/ada")));
        Assert.That(last.Reason, Is.EqualTo("Version 3 was rejected in the model registry: It discriminates. Look at slice H."));
    }

    [Test]
    public async Task RejectedVersionIsNotPublishedAgainFromOtherInputs()
    {
        await _aws.Rejects(3);
        await _aws.Arrives(await _aws.Drops("pressure,failed\n4,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Last();
        await _aws.Leaves(job, fill: 3);
        await _aws.Completes(job);

        Assert.That((await _aws.Jobs.OutcomeAsync(job, default))!.Result, Is.EqualTo(TrainingResult.Refused));
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task VersionsThatWereRejectedOrRolledBackAreSkipped()
    {
        _aws.Changes(2, "Rejected");
        await _aws.Rejects(3);

        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task VersionThatDoesNotServeMovesNothing()
    {
        Assert.That((await _aws.Rejects(1)).Text, Does.Contain("nothing was moved"));
        Assert.That(await _aws.Live(), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task SameRejectionTwiceMovesOnce()
    {
        await _aws.Rejects(3);
        await _aws.Rejects(3);

        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
        Assert.That(await new ModelHistory(_aws.Store).ReadAsync(AwsFixture.Model, default).CountAsync(), Is.EqualTo(4));
    }

    [Test]
    public async Task RejectionThatWasTakenBackMovesNothing()
    {
        _aws.Changes(3, "Approved");

        Assert.That((await _aws.Rejected(3)).Text, Does.Contain("no longer rejected"));
        Assert.That(await _aws.Live(), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task WhereNoVersionIsLeftItIsAnError()
    {
        _aws.Changes(1, "Rejected");
        _aws.Changes(2, "Rejected");

        Assert.That(() => _aws.Rejects(3), Throws.TypeOf<SlipwayException>().With.Message.Contains("still serving").And.Message.Contains("--target=Rollback"));
        Assert.That(await _aws.Live(), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task DeathHalfWayIsCompletedByTheNextDelivery()
    {
        _aws.Store.Before = (operation, key) =>
        {
            if (operation == "Put" && key.EndsWith("green.json", StringComparison.Ordinal))
                throw new IOException("the function crashes");
        };
        Assert.That(() => _aws.Rejects(3), Throws.TypeOf<IOException>());
        Assert.That(await _aws.Live(), Is.EqualTo((2, 3)));

        _aws.Store.Before = (_, _) => { };
        await _aws.Rejects(3);
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
        Assert.That(await new ModelHistory(_aws.Store).VerifyAsync(AwsFixture.Model, default), Is.Empty);
    }

    [Test]
    public async Task PackageOfSomebodysOwnIsIgnored()
    {
        _aws.SageMaker.Packages.Add(new() { ModelPackageGroupName = "slipway-test-pumps", ModelPackageDescription = "mine", ModelApprovalStatus = "Rejected" });

        Assert.That((await _aws.Rejected(4)).Text, Does.Contain("not belong to a version that is registered"));
    }
}
