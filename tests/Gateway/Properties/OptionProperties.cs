using CsCheck;
using Microsoft.AspNetCore.Http;
using Slipway.Gateway.Access;
using Slipway.Gateway.Notifications;
using Slipway.Gateway.Options;
using Slipway.Gateway.Rollouts;
using Slipway.Hosting.Options;
using Slipway.Tests.Properties;

namespace Slipway.Gateway.Tests.Properties;

public sealed class OptionProperties
{
    private static readonly string[] Names = [.. typeof(GatewayOptions).GetProperties().Select(property => property.Name)];

    private static readonly string[] Values =
    [
        "main", "/srv/store", "s3://my-bucket", "http://0.0.0.0:80", "http://[::1]:81", "10.0.0.0/8, fd00::/8", $"ci:{new string('a', 64)}", "x-user", "00:00:07", "0.25", "true", "2147483648", "",
        "https://hooks.example.org/in?token=secret", "sns:arn:aws:sns:eu-central-1:123456789012:traffic", "eventbridge:operations", "$HOME", "NaN", "1e308", "10675199.02:48:05.4775808",
    ];

    [Test]
    public void AreReadOrExplained() =>
        Property.Holds(Gen.Select(Gen.OneOf(Names), Edited.Text(Values)).Array[0, 4], 1500, options =>
        {
            try
            {
                GatewayOptionsReader.Read(["--Store=/tmp/store", .. options.Select(option => $"--{option.Item1}={option.Item2.Replace("\0", "", StringComparison.Ordinal)}")]);
            }
            catch (InvalidOptionsException e)
            {
                Assert.That(e.Errors, Has.All.Length.GreaterThan(10).And.All.Not.Contains("   at "));
            }
        }, options => string.Join(" ", options));

    [Test]
    public void OfTargetsAreReadOrExplainedWithoutTheirAddress() =>
        Property.Holds(Edited.Text("https://hooks.example.org/secret", "slack+https://hooks.slack.com/secret", "sns:arn:aws:sns:eu-central-1:123456789012:traffic", "eventbridge:operations", "$SLACK", "http://127.0.0.1:9/secret"), 1500, text =>
        {
            var target = NotificationTargetReader.Read(text, _ => null, out var problem);
            Assert.That(target is null, Is.EqualTo(problem is not null));
            if (text.Contains("/secret", StringComparison.Ordinal))
                Assert.That($"{problem}{target}", Does.Not.Contain("/secret"));
        }, text => text);

    [Test]
    public void OfHostsAndPathsHaveAnAnswerForEveryCaller() =>
        Property.Holds(Edited.Text("localhost:8080", "[::1]:80", "127.0.0.1", "gateway.example.org", "/v2/models/pumps/infer", "/V2/Models/pumps/versions/7/infer"), 1500, text =>
        {
            if (HostPolicy.IsAllowed(new HostString(text), new("http://127.0.0.1:80"), []) && text.Length > 0)
                Assert.That(text, Does.Match("(?i)localhost|127|::|^[0-9x.:\\[\\]a-f]+"), "only names of this machine reach a listener on it");
            if (text.StartsWith('/') && ModelPath.IsOf(new(text), "pumps"))
                Assert.That(ModelPath.Of(new(text)).ToString(), Is.EqualTo("pumps"));
        }, text => text);
}
