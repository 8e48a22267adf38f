using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Notifications;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Notifications;

public class NotificationScenarios
{
    private static readonly NotificationSecret Secret = NotificationSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;

    private Receiver _receiver = null!;
    private GatewayFixture _gateway = null!;

    [SetUp]
    public async Task SetUp() => _receiver = await Receiver.StartAsync();

    [TearDown]
    public async Task TearDown()
    {
        await _gateway.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task DeliversAChangeAsASignedCloudEventAndRemovesIt()
    {
        await StartAsync(Webhook(_receiver));
        await ChangeAsync(SampleChanges.Change());
        await UntilAsync(async () => await OutboxAsync() is null);

        var seen = _receiver.Requests.Single();
        Assert.That((seen.Method, seen.Path, seen.Headers["content-type"]), Is.EqualTo(("POST", "/hook?token=secret-in-the-address", "application/cloudevents+json; charset=utf-8")));
        Assert.That(seen.Headers["webhook-id"], Is.EqualTo("main-2-1"));
        var seconds = long.Parse(seen.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(seconds, Is.EqualTo(_gateway.Time.GetUtcNow().ToUnixTimeSeconds()));
        Assert.That(seen.Headers["webhook-signature"], Is.EqualTo(Secret.Sign("main-2-1", seconds, seen.Body)));
        var change = JsonDocument.Parse(seen.Body).RootElement;
        Assert.That((change.GetProperty("id").GetString(), change.GetProperty("type").GetString()), Is.EqualTo(("main-2-1", "slipway.traffic.rolled-back")));
    }

    [Test]
    public async Task DeliversChangesInOrder()
    {
        await StartAsync(Webhook(_receiver));
        await ChangeAsync([.. Enumerable.Range(1, 5).Select(number => SampleChanges.Change(number))]);
        await UntilAsync(async () => await OutboxAsync() is null);
        Assert.That(_receiver.Requests.Select(seen => seen.Headers["webhook-id"]), Is.EqualTo(new[] { "main-2-1", "main-2-2", "main-2-3", "main-2-4", "main-2-5" }));
    }

    [Test]
    public async Task AGatewayThatIsKilledBeforeItRecordsADeliveryDeliversItAgainWithTheSameId()
    {
        await StartAsync(Webhook(_receiver));
        await ChangeAsync(SampleChanges.Change());
        // from here on, it can deliver, but record nothing: as if it was killed in between
        _receiver.Respond = _ =>
        {
            _gateway.Store.IsAway = true;
            return Task.CompletedTask;
        };
        await UntilAsync(() => Task.FromResult(!_receiver.Requests.IsEmpty));
        await TickAsync();
        await _gateway.App.Services.GetRequiredService<NotificationDispatcher>().StopAsync(default);
        _receiver.Respond = _ => Task.CompletedTask;
        _gateway.Store.IsAway = false;
        Assert.That(await OutboxAsync(), Has.Count.EqualTo(1));

        await using var second = GatewayHost.Build(_gateway.Options, _gateway.Store, _gateway.Time);
        await second.StartAsync();
        await LeaseExpiresAsync(second);
        await UntilAsync(async () => await OutboxAsync() is null, second);
        Assert.That(_receiver.Requests.Select(seen => seen.Headers["webhook-id"]), Is.EqualTo(new[] { "main-2-1", "main-2-1" }));
        Assert.That(_receiver.Requests.Select(seen => Encoding.UTF8.GetString(seen.Body)).Distinct().Count(), Is.EqualTo(1));
        await second.StopAsync();
    }

    [Test]
    public async Task AStoreThatIsAwayWhileADeliveryIsRecordedDeliversNothingTwice()
    {
        await StartAsync(Webhook(_receiver));
        await ChangeAsync(SampleChanges.Change());
        _receiver.Respond = _ =>
        {
            _gateway.Store.IsAway = true;
            return Task.CompletedTask;
        };
        await UntilAsync(() => Task.FromResult(!_receiver.Requests.IsEmpty));
        for (var i = 0; i < 5; i++)
            await TickAsync();
        _gateway.Store.IsAway = false;
        await UntilAsync(async () => await OutboxAsync() is null);
        Assert.That(_receiver.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task OnlyTheHolderOfTheLeaseDelivers()
    {
        await StartAsync(Webhook(_receiver));
        await using var second = GatewayHost.Build(_gateway.Options, _gateway.Store, _gateway.Time);
        await second.StartAsync();
        await ChangeAsync(SampleChanges.Change());
        await second.Services.GetRequiredService<TrafficController>().TickAsync(default);
        Assert.That(second.Services.GetRequiredService<CurrentTraffic>().State!.Outbox, Is.Not.Null);
        for (var i = 0; i < 3; i++)
            await TickAsync(second);
        Assert.That(_receiver.Requests, Is.Empty);
        await second.StopAsync();
    }

    [Test]
    public async Task ATargetThatIsAwayKeepsNoOtherFromItsNotification()
    {
        _receiver.Respond = context => Status(context, 500);
        await using var other = await Receiver.StartAsync();
        await StartAsync(Webhook(_receiver), Webhook(other));
        await ChangeAsync(SampleChanges.Change(1), SampleChanges.Change(2));
        await UntilAsync(async () => await OutboxAsync() is [{ Delivered.Count: 1 }, { Delivered.Count: 1 }]);
        Assert.That(other.Requests, Has.Count.EqualTo(2));
        Assert.That((await OutboxAsync())!.SelectMany(change => change.Delivered), Is.All.EqualTo(Webhook(other).Name));

        _receiver.Respond = _ => Task.CompletedTask;
        await UntilAsync(async () => await OutboxAsync() is null, advance: TimeSpan.FromSeconds(1));
        Assert.That(other.Requests, Has.Count.EqualTo(2), "what it has is not sent again");
    }

    [Test]
    public async Task TrafficMovesWhileATargetSaysNothing()
    {
        _receiver.Respond = context => HangAsync(context);
        await StartAsync(Webhook(_receiver));
        await _gateway.StartServerAsync(Color.Green, "r2");
        await ChangeAsync(SampleChanges.Change());
        await UntilAsync(() => Task.FromResult(!_receiver.Requests.IsEmpty));
        await _gateway.AskForAsync(Color.Green, "r2");
        await _gateway.TickAsync();
        Assert.That((await _gateway.StatusAsync()).State.Split, Is.EqualTo(TrafficSplit.All(Color.Green)));
        Assert.That(await OutboxAsync(), Is.Not.Null);
    }

    [TestCase(500)]
    [TestCase(404)]
    [TestCase(302)]
    [TestCase(0)]
    [TestCase(-1)]
    public async Task SendsAgainAfterAPauseWhatWasNotConfirmed(int status)
    {
        _receiver.Respond = context => status switch
        {
            0 => Abort(context),
            -1 => context.Response.WriteAsync(new string('n', 1 << 20)),
            _ => Status(context, status),
        };
        await StartAsync(Webhook(_receiver));
        await ChangeAsync(SampleChanges.Change());
        await UntilAsync(() => Task.FromResult(Lane.Failures == 1));
        for (var i = 0; i < 3; i++)
            await TickAsync();
        Assert.That(_receiver.Requests, Has.Count.EqualTo(1), "not before the pause is over");

        _receiver.Respond = _ => Task.CompletedTask;
        await UntilAsync(async () => await OutboxAsync() is null, advance: TimeSpan.FromSeconds(1));
        Assert.That(_receiver.Requests.Select(seen => seen.Path), Is.All.EqualTo("/hook?token=secret-in-the-address"), "a redirect is not followed");
    }

    [Test]
    public async Task GivesUpOnATargetThatSaysNothingAndSendsAgain()
    {
        _receiver.Respond = context => HangAsync(context);
        await StartAsync(Webhook(_receiver));
        await ChangeAsync(SampleChanges.Change());
        await UntilAsync(() => Task.FromResult(!_receiver.Requests.IsEmpty));
        _receiver.Respond = _ => Task.CompletedTask;
        _gateway.Time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(async () => await OutboxAsync() is null, advance: TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task WithoutTargetsNothingWaits()
    {
        await StartAsync();
        await ChangeAsync(SampleChanges.Change());
        await UntilAsync(async () => await OutboxAsync() is null);
    }

    [Test]
    public async Task ATargetThatIsNotConfiguredAnyMoreIsNotWaitedFor()
    {
        await StartAsync(Webhook(_receiver));
        await ChangeAsync(SampleChanges.Change(delivered: [Webhook(_receiver).Name]), SampleChanges.Change(2, delivered: ["webhook:gone#00000000"]));
        await UntilAsync(async () => await OutboxAsync() is null);
        Assert.That(_receiver.Requests.Single().Headers["webhook-id"], Is.EqualTo("main-2-2"));
    }

    [Test]
    public async Task TellsSlackInWords()
    {
        await StartAsync(new NotificationTarget(NotificationKind.Slack, "slack:test", _receiver.Address));
        await ChangeAsync(SampleChanges.Change(reason: "errors: <!channel> 3 > 1"));
        await UntilAsync(async () => await OutboxAsync() is null);
        var seen = _receiver.Requests.Single();
        Assert.That(seen.Headers["content-type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(JsonDocument.Parse(seen.Body).RootElement.GetProperty("text").GetString(),
            Is.EqualTo(":rewind: *main*: traffic is rolled-back (was progressing), rollout r2\nerrors: &lt;!channel&gt; 3 &gt; 1"));
    }

    [Test]
    public async Task NothingThatAnOperatorSeesContainsAnAddress()
    {
        await StartAsync(Webhook(_receiver));
        _receiver.Respond = context => Status(context, 500);
        await ChangeAsync(SampleChanges.Change());
        await UntilAsync(() => Task.FromResult(Lane.Failures > 0));
        var status = await _gateway.Private.GetStringAsync("/api/status");
        Assert.That(status, Does.Contain("main-2-1").And.Not.Contain("secret-in-the-address"));
        Assert.That($"{_gateway.Options}", Does.Not.Contain("secret-in-the-address").And.Not.Contain("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }

    private NotificationLane Lane => _gateway.App.Services.GetRequiredService<NotificationLanes>().All[0];

    private static NotificationTarget Webhook(Receiver receiver)
    {
        var target = NotificationTargetReader.Read(receiver.Address, _ => null, out var problem);
        Assert.That(problem, Is.Null);
        return target!;
    }

    private async Task StartAsync(params NotificationTarget[] targets)
    {
        _gateway = new(options => options with { Notifications = targets, NotificationSecret = Secret });
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
    }

    private async Task ChangeAsync(params TrafficNotification[] changes) => Assert.That(
        await _gateway.App.Services.GetRequiredService<TrafficController>().UpdateAsync(state => state with { Outbox = changes }, default), Is.True);

    private async Task<IReadOnlyList<TrafficNotification>?> OutboxAsync() =>
        (await _gateway.Store.ReadAsync(StoreKeys.TrafficState("main"), RegistryJson.Default.TrafficState))!.Value.Outbox;

    private Task TickAsync(WebApplication? gateway = null) => (gateway ?? _gateway.App).Services.GetRequiredService<NotificationDispatcher>().TickAsync(default);

    private async Task LeaseExpiresAsync(WebApplication gateway)
    {
        var controller = gateway.Services.GetRequiredService<TrafficController>();
        await controller.TickAsync(default);
        _gateway.Time.Advance(_gateway.Options.LeaseTimeout);
        await controller.TickAsync(default);
    }

    private async Task UntilAsync(Func<Task<bool>> condition, WebApplication? gateway = null, TimeSpan advance = default)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (!await condition())
        {
            if (advance > TimeSpan.Zero)
                _gateway.Time.Advance(advance);
            await TickAsync(gateway);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = "/elsewhere";
        return Task.CompletedTask;
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task HangAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
}
