using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using Slipway.Aws.Tests.Fixtures;
using Slipway.Gateway.Notifications;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Aws.Tests.Notifications;

/// <summary>What a topic and a bus pass on to a queue.</summary>
public sealed class NotificationSenderTests
{
    private const string Region = "us-east-1";
    private const string Account = "123456789012";

    private readonly NotificationHttp _http = new();
    private string _name = "";
    private AwsCaller _aws = null!;

    private static TrafficEvent Change { get; } = TrafficEvent.Of(
        new TrafficNotification("main-2-1", 1, TrafficPhase.Progressing, TrafficPhase.RolledBack, "because of 9 errors, \"quoted\" & more: 100 %", "r2", DateTimeOffset.UnixEpoch, []), "main");

    [SetUp]
    public async Task FindMoto()
    {
        _name = $"slipway-{Guid.NewGuid():N}";
        _aws = Caller((await MotoServer.AddressAsync()).ToString(), new BasicAWSCredentials("test", "test"));
        await SqsAsync("CreateQueue", new { QueueName = _name });
    }

    [OneTimeTearDown]
    public void CloseConnections() => _http.Dispose();

    [Test]
    public async Task ATopicPassesOnTheEvent()
    {
        var topic = await CreateTopicAsync(_name);
        await SnsAsync(new() { ["Action"] = "Subscribe", ["TopicArn"] = topic, ["Protocol"] = "sqs", ["Endpoint"] = $"arn:aws:sqs:{Region}:{Account}:{_name}" });

        await new SnsSender(_aws, topic).SendAsync(Change, default);

        var message = JsonNode.Parse(await ReceiveAsync())!;
        Assert.That((string?)message["Message"], Is.EqualTo(Encoding.UTF8.GetString(Change.ToBytes())));
        Assert.That((string?)message["MessageAttributes"]!["type"]!["Value"], Is.EqualTo("slipway.traffic.rolled-back"));
    }

    [Test]
    public async Task ABusPassesOnTheEvent()
    {
        await EventsAsync("CreateEventBus", new { Name = _name });
        await EventsAsync("PutRule", new { Name = _name, EventBusName = _name, EventPattern = """{"source":["slipway"],"detail-type":["slipway.traffic.rolled-back"]}""" });
        await EventsAsync("PutTargets", new { Rule = _name, EventBusName = _name, Targets = new[] { new { Id = "queue", Arn = $"arn:aws:sqs:{Region}:{Account}:{_name}" } } });

        await new EventBridgeSender(_aws, $"arn:aws:events:{Region}:{Account}:event-bus/{_name}").SendAsync(Change, default);

        var message = JsonNode.Parse(await ReceiveAsync())!;
        Assert.That(((string?)message["detail-type"], (string?)message["detail"]!["id"]), Is.EqualTo(("slipway.traffic.rolled-back", "main-2-1")));
        Assert.That((string?)message["detail"]!["data"]!["reason"], Is.EqualTo(Change.Data.Reason));
    }

    [Test]
    public void SaysWhyATopicDoesNotTakeIt() => Assert.That(
        () => new SnsSender(_aws, $"arn:aws:sns:{Region}:{Account}:{_name}").SendAsync(Change, default),
        Throws.TypeOf<NotificationException>().With.Message.StartsWith("returned 404: ").And.Message.Contains("NotFound"));

    [Test]
    public void SaysThatAwsCannotBeReached() => Assert.That(
        () => new SnsSender(Caller("http://127.0.0.1:1/", new BasicAWSCredentials("test", "test")), $"arn:aws:sns:{Region}:{Account}:{_name}").SendAsync(Change, default),
        Throws.TypeOf<NotificationException>().With.Message.EqualTo("cannot be reached: ConnectionRefused"));

    [Test]
    public async Task AnEventTooManyIsAFailureAlthoughTheServiceAnswers200()
    {
        // moto takes an entry without a detail for a failed one
        var answer = await EventsAsync("PutEvents", new { Entries = new[] { new { Source = "slipway", DetailType = "x" } } });
        Assert.That((int?)JsonNode.Parse(answer)!["FailedEntryCount"], Is.EqualTo(1), "the case that the sender has to see");
        Assert.That(EventBridgeSender.Failure(answer), Is.Not.Null.And.Not.Empty);
        Assert.That(EventBridgeSender.Failure("""{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}"""), Is.Null);
        Assert.That(EventBridgeSender.Failure("nonsense"), Is.EqualTo("its answer cannot be read"));
    }

    private AwsCaller Caller(string endpoint, AWSCredentials credentials) => new(_http, TimeProvider.System, name => name == "AWS_ENDPOINT_URL" ? endpoint : null, credentials);

    private async Task<string> CreateTopicAsync(string name)
    {
        var answer = await SnsAsync(new() { ["Action"] = "CreateTopic", ["Name"] = name });
        return XDocument.Parse(answer).Descendants().Single(element => element.Name.LocalName == "TopicArn").Value;
    }

    private async Task<string> SnsAsync(Dictionary<string, string> form)
    {
        form["Version"] = "2010-03-31";
        using var content = new FormUrlEncodedContent(form);
        return await _aws.PostAsync("sns", Region, "application/x-www-form-urlencoded; charset=utf-8", await content.ReadAsByteArrayAsync(), null, default);
    }

    private Task<string> EventsAsync(string action, object request) =>
        _aws.PostAsync("events", Region, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(request), $"AWSEvents.{action}", default);

    private Task<string> SqsAsync(string action, object request) =>
        _aws.PostAsync("sqs", Region, "application/x-amz-json-1.0", JsonSerializer.SerializeToUtf8Bytes(request), $"AmazonSQS.{action}", default);

    private async Task<string> ReceiveAsync()
    {
        var queue = (string?)JsonNode.Parse(await SqsAsync("GetQueueUrl", new { QueueName = _name }))!["QueueUrl"];
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var answer = await SqsAsync("ReceiveMessage", new { QueueUrl = queue });
            if (JsonNode.Parse(answer)?["Messages"] is JsonArray { Count: > 0 } messages)
                return (string)messages[0]!["Body"]!;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        throw new AssertionException($"Nothing arrived in the queue {_name}.");
    }
}
