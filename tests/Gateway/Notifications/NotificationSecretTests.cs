using System.Text;
using Slipway.Gateway.Notifications;

namespace Slipway.Gateway.Tests.Notifications;

public class NotificationSecretTests
{
    private const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The example of Standard Webhooks.</summary>
    [Test]
    public void SignsAsStandardWebhooksDoes() =>
        Assert.That(Sign(Key), Is.EqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

    [Test]
    public void SignsWithEachKeyWhileReceiversChange()
    {
        var other = $"whsec_{Convert.ToBase64String(new byte[32])}";
        Assert.That(Sign($"{other}, {Key}"), Is.EqualTo($"{Sign(other)} {Sign(Key)}"));
    }

    [TestCase("")]
    [TestCase(",")]
    [TestCase("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [TestCase("whsec_")]
    [TestCase("whsec_no base64")]
    [TestCase("whsec_c2hvcnQ=", Description = "less than 24 bytes")]
    public void RefusesWhatIsNoKey(string text) => Assert.That(NotificationSecret.Parse(text), Is.Null);

    [Test]
    public void RefusesWhatIsTooLong() => Assert.That(NotificationSecret.Parse($"whsec_{Convert.ToBase64String(new byte[65])}"), Is.Null);

    private static string Sign(string text) =>
        NotificationSecret.Parse(text)!.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));
}
