using Slipway.Automation.Jobs;
using Slipway.Automation.Rollbacks;
using Slipway.Automation.Tests.Aws;
using Slipway.Registry;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Tests.Signing;

/// <summary>What passed is signed before it is there.</summary>
[Category("Sdk")]
public sealed class SignedRegistrationTests
{
    private static readonly SignaturePolicy Enforced = new(SignatureMode.Enforce, new([AwsFixture.Signer.Key]));

    private readonly List<string> _written = [];
    private AwsFixture _aws = null!;

    [SetUp]
    public async Task SetUp()
    {
        _written.Clear();
        _aws = new();
        await _aws.Deploys();
        _aws.Store.Before = (operation, key) =>
        {
            if (operation == "Put" && key.StartsWith(StoreKeys.Models, StringComparison.Ordinal))
                _written.Add(key.Split('/')[2]);
        };
    }

    [Test]
    public async Task EnvelopeIsWrittenBeforeTheManifestAndThatBeforeTheChannels()
    {
        await _aws.Trains("pressure,failed\n1,0\n", 1);

        Assert.That(_written, Is.EqualTo(new[] { "signatures", "versions", "signatures", "history", "channels", "channels" }));
        Assert.That((await Enforced.ReadAsync(_aws.Store, AwsFixture.Model, 1, default))!.SignedBy!.Id, Is.EqualTo(AwsFixture.Signer.Key.Id));
    }

    [Test]
    public async Task DeathBetweenTheTwoLeavesNoVersionAndTheNextDeliveryCompletesIt()
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Leaves(job);
        var observed = _aws.Store.Before;
        _aws.Store.Before = (operation, key) =>
        {
            observed(operation, key);
            if (operation == "Put" && key.Contains("/versions/", StringComparison.Ordinal))
                throw new SlipwayException("died");
        };
        Assert.That(() => _aws.Completes(job), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("died"));
        Assert.That((await _aws.Versions.ListAsync(AwsFixture.Model, default).ToListAsync(), await _aws.Live()), Is.EqualTo((new List<int>(), ((int?)null, (int?)null))));

        _aws.Store.Before = observed;
        _aws.Time.Advance(TimeSpan.FromMinutes(1));
        await _aws.Completes(job);

        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
        Assert.That((await Enforced.ReadAsync(_aws.Store, AwsFixture.Model, 1, default))!.SignatureWarning, Is.Null);
        Assert.That(_written.TakeWhile(what => what != "history").Count(what => what == "signatures"), Is.EqualTo(3), "other bytes, so another signature");
    }

    [Test]
    public async Task JobWhoseManifestCannotBeSignedLeavesNoVersionAndIsTriedAgain()
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Leaves(job);
        var finished = new TrainingFinished(_aws.Store, new NoKey(), _aws.Time);

        Assert.That(() => finished.HandleAsync(job, TrainingEnd.Completed, "tester", default), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("no key"));
        Assert.That(_written, Is.Empty);

        await _aws.Completes(job);
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task RollbackRefusesAVersionThatServersWouldRefuseAndMovesNothing()
    {
        await _aws.Trains("pressure,failed\n1,0\n", 1);
        await _aws.Trains("pressure,failed\n2,0\n", 2);
        await _aws.Store.DeleteAsync(StoreKeys.Signature(AwsFixture.Model, (await _aws.Versions.Sha256Async(AwsFixture.Model, 1, default))!));

        Assert.That(
            () => new ModelRollback(_aws.Store, Enforced, _aws.Time).MoveAsync(AwsFixture.Model, 1, "operator", "It was better.", default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("nothing was moved").And.Message.Contains("not signed"));
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
    }

    private sealed class NoKey : IManifestSigner
    {
        public TrustedKey Key => AwsFixture.Signer.Key;

        public Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => throw new SlipwayException("no key");
    }
}
