using Slipway.Gateway.Notifications;

namespace Slipway.Gateway.Tests.Notifications;

public class NotificationTargetReaderTests
{
    [TestCase("https://hooks.example.org/in?token=secret", NotificationKind.Webhook, "https://hooks.example.org/in?token=secret")]
    [TestCase("https://10.1.2.3/in", NotificationKind.Webhook, "https://10.1.2.3/in", Description = "a receiver in one's own network")]
    [TestCase("http://127.0.0.1:9000/", NotificationKind.Webhook, "http://127.0.0.1:9000/")]
    [TestCase("http://localhost:9000/", NotificationKind.Webhook, "http://localhost:9000/")]
    [TestCase("slack+https://hooks.slack.com/services/T/B/secret", NotificationKind.Slack, "https://hooks.slack.com/services/T/B/secret")]
    [TestCase("sns:arn:aws:sns:eu-central-1:123456789012:traffic", NotificationKind.Sns, "arn:aws:sns:eu-central-1:123456789012:traffic")]
    [TestCase("sns:arn:aws-cn:sns:cn-north-1:123456789012:traffic.fifo", NotificationKind.Sns, "arn:aws-cn:sns:cn-north-1:123456789012:traffic.fifo")]
    [TestCase("eventbridge:operations", NotificationKind.EventBridge, "operations")]
    [TestCase("eventbridge:arn:aws:events:eu-central-1:123456789012:event-bus/operations", NotificationKind.EventBridge, "arn:aws:events:eu-central-1:123456789012:event-bus/operations")]
    public void ReadsTargets(string text, NotificationKind kind, string address)
    {
        var target = NotificationTargetReader.Read(text, _ => null, out var problem);
        Assert.That(problem, Is.Null);
        Assert.That((target!.Kind, target.Address), Is.EqualTo((kind, address)));
        Assert.That($"{target} {target.Name}", Does.Not.Contain("secret"));
    }

    [Test]
    public void ReadsATargetFromAVariable()
    {
        var target = NotificationTargetReader.Read("$SLACK", name => name == "SLACK" ? "slack+https://hooks.slack.com/services/x\n" : null, out _);
        Assert.That(target?.Address, Is.EqualTo("https://hooks.slack.com/services/x"));
    }

    [TestCase("$SLACK", "names $SLACK, which is not set")]
    [TestCase("${https://hooks.example.org/secret", "begins with $, which must be followed by the name")]
    [TestCase("hooks.example.org", "a target that is not understood")]
    [TestCase("ftp://hooks.example.org/secret", "a target that is not understood")]
    [TestCase("slack+ftp://hooks.example.org/secret", "a target that is not understood")]
    [TestCase("http://hooks.example.org/secret", "hooks.example.org without TLS")]
    [TestCase("http://10.1.2.3/secret", "10.1.2.3 without TLS")]
    [TestCase("https://me:secret@hooks.example.org/", "with a user, a password or a fragment")]
    [TestCase("https://hooks.example.org/#secret", "with a user, a password or a fragment")]
    [TestCase("https://169.254.169.254/secret", "169.254.169.254, which belongs to the machine")]
    [TestCase("https://[fe80::1]/secret", "which belongs to the machine")]
    [TestCase("https://0.0.0.0/secret", "which belongs to the machine")]
    [TestCase("https://[::ffff:169.254.169.254]/secret", "which belongs to the machine")]
    [TestCase("sns:traffic", "a topic that is not understood; expected sns:arn:aws:sns:")]
    [TestCase("sns:arn:aws:sqs:eu-central-1:123456789012:traffic", "a topic that is not understood")]
    [TestCase("eventbridge:", "a bus that is not understood")]
    [TestCase("eventbridge:arn:aws:sns:eu-central-1:123456789012:traffic", "a bus that is not understood")]
    public void SaysWhatIsWrongWithoutTheAddress(string text, string expected)
    {
        Assert.That(NotificationTargetReader.Read(text, _ => null, out var problem), Is.Null);
        Assert.That(problem, Does.Contain(expected).And.Not.Contain("secret"));
    }
}
