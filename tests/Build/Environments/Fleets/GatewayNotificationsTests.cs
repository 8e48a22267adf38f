using Slipway.Build.Environments.Fleets;

namespace Slipway.Build.Tests.Environments.Fleets;

public class GatewayNotificationsTests
{
    [Test]
    public void PassesTheTargetsWithTheSecretsThatTheyNeed()
    {
        var variables = GatewayNotifications.Variables("https://hooks.example.org/in, $CHAT,$MISSING", name => name switch
        {
            "CHAT" => "slack+https://hooks.slack.com/services/x",
            "SLIPWAY_NotificationSecret" => "whsec_x",
            "OTHER" => "other",
            _ => null,
        });
        Assert.That(variables, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["SLIPWAY_Notifications"] = "https://hooks.example.org/in, $CHAT,$MISSING",
            ["CHAT"] = "slack+https://hooks.slack.com/services/x",
            ["SLIPWAY_NotificationSecret"] = "whsec_x",
        }));
    }

    [Test]
    public void PassesNothingUnlessThereAreTargets() => Assert.That(GatewayNotifications.Variables(null, _ => "x"), Is.Empty);
}
