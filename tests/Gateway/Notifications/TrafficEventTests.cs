using System.Text;
using Slipway.Gateway.Notifications;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Notifications;

public class TrafficEventTests
{
    [Test]
    public void IsACloudEventWithAllThatIsKnown()
    {
        var change = SampleChanges.Change(reason: "taken back") with
        {
            Split = new(100, 0),
            Verdict = "errors: 9 of 9",
            Counts = new([new(10, new(Answered: 1, Errors: 9), new(Answered: 80))]),
        };
        Assert.That(Text(change), Is.EqualTo(
            """{"specversion":"1.0","id":"main-2-1","source":"/slipway/edge","type":"slipway.traffic.rolled-back","time":"1970-01-01T00:00:00+00:00","subject":"r2","datacontenttype":"application/json","data":{"gateway":"edge","before":"progressing","phase":"rolled-back","split":{"blue":100,"green":0},"reason":"taken back","rollout":"r2","verdict":"errors: 9 of 9","counts":{"shares":[{"share":10,"candidate":{"answered":1,"slow":0,"errors":9,"notFinite":0,"refused":0,"failed":0,"timedOut":0,"gaveUp":0},"stable":{"answered":80,"slow":0,"errors":0,"notFinite":0,"refused":0,"failed":0,"timedOut":0,"gaveUp":0}}]}}}"""));
    }

    [Test]
    public void LeavesOutWhatIsNotKnown() =>
        Assert.That(Text(SampleChanges.Change() with { Rollout = null }), Does.Not.Contain("null").And.Not.Contain("subject").And.Not.Contain("verdict"));

    [Test]
    public void PutBackIsAnEventOfItsModel() => Assert.That(
        Text(SampleChanges.Change() with { Rollout = null, PutBack = new("pumps", 2, 1, "blue-1") }),
        Does.Contain("\"type\":\"slipway.model.put-back\"").And.Contain("\"subject\":\"pumps\"").And.Contain("\"putBack\":{\"model\":\"pumps\",\"version\":2,\"to\":1,\"replica\":\"blue-1\"}"));

    [Test]
    public void ChatGetsAPutBackAsASentence() => Assert.That(
        SlackSender.TextOf(TrafficEvent.Of(SampleChanges.Change(reason: "because") with { PutBack = new("pumps", 2, 1, "blue-1") }, "edge").Data),
        Is.EqualTo(":rewind: *edge*: pumps is on version 1 again, and version 2 is blocked\nbecause"));

    [TestCase(TrafficPhase.Preparing, ExpectedResult = "preparing")]
    [TestCase(TrafficPhase.RolledBack, ExpectedResult = "rolled-back")]
    [TestCase(TrafficPhase.Halted, ExpectedResult = "halted")]
    public string NamesPhasesAsRecordsDo(TrafficPhase phase) => TrafficEvent.Word(phase);

    [Test]
    public void IsBoundedWhateverSomebodyWroteAsTheReason() =>
        Assert.That(Text(SampleChanges.Change(reason: new string('n', 1_000_000))), Has.Length.LessThan(4000));

    private static string Text(TrafficNotification change) => Encoding.UTF8.GetString(TrafficEvent.Of(change, "edge").ToBytes());
}
