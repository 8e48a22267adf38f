using System.Net;
using Slipway.Gateway.Options;
using Slipway.Hosting.Options;
using Slipway.Inference.Options;

namespace Slipway.Gateway.Tests.Options;

public class GatewayOptionsReaderTests
{
    private static readonly string Hash = new('a', 64);

    private static GatewayOptions Read(params string[] arguments) => GatewayOptionsReader.Read(["--Store=/tmp/store", .. arguments]);

    private static IReadOnlyList<string> Errors(params string[] arguments) =>
        Assert.Throws<InvalidOptionsException>(() => GatewayOptionsReader.Read(arguments))!.Errors;

    private static string Error(params string[] arguments)
    {
        var errors = Errors(arguments);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0], Does.Not.Contain("\n"));
        return errors[0];
    }

    [Test]
    public void NeedsOnlyAStore()
    {
        var options = Read();
        Assert.That((options.Gateway, options.Url.Port, options.ApiKeys.Count, options.TakeOver), Is.EqualTo(("main", 8080, 0, false)));
        Assert.That(Error(), Does.Contain("Store is not set").And.Contain("--Store="));
    }

    [Test]
    public void ReadsEverythingFromTheCommandLine()
    {
        var options = Read(
            "--gateway=edge-1", "--Release=abc", "--Url=http://0.0.0.0:80", "--PrivateUrl=http://[::1]:81", "--AllowedAddresses=10.0.0.0/8, fd00::/8",
            $"--ApiKeys=ci:{Hash},ops:{Hash.ToUpperInvariant()}", "--StickyHeader=x-user", "--ReplicaTimeout=00:00:07", "--PollInterval=0.25", "--TakeOver=true");
        Assert.That((options.Gateway, options.Release, options.StickyHeader, options.TakeOver), Is.EqualTo(("edge-1", "abc", "x-user", true)));
        Assert.That(options.AllowedAddresses, Is.EqualTo(new[] { IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8") }));
        Assert.That(options.ApiKeys.Select(key => key.Name), Is.EqualTo(new[] { "ci", "ops" }));
        Assert.That((options.ReplicaTimeout, options.PollInterval), Is.EqualTo((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(0.25))));
    }

    [TestCase("/srv/store")]
    [TestCase("s3://my-bucket")]
    public void TakesAFolderOrABucket(string store) => Assert.That(Read($"--Store={store}").Store, Is.EqualTo(store));

    [Test]
    public void ColorsMayBeForcedOnlyWhereAnOptionSaysSo()
    {
        Assert.That(Read("--Url=http://127.0.0.1:8080").AllowForcedColor, Is.False, "a proxy on this machine calls from loopback, too");
        Assert.That(Read("--AllowForcedColor=true").AllowForcedColor, Is.True);
    }

    [TestCase("http://0.0.0.0:8080")]
    [TestCase("http://10.0.0.1:8080")]
    [TestCase("http://[::]:8080")]
    public void WhereOthersCanCallKeysAreNeededOrTheWordThatNoneAre(string url)
    {
        Assert.That(Error("--Store=/tmp/store", $"--Url={url}"), Does.Contain("ApiKeys is missing").And.Contain("SLIPWAY_AllowAnonymous=true"));
        Assert.That(Read($"--Url={url}", "--AllowAnonymous=true").ApiKeys, Is.Empty);
        Assert.That(Read($"--Url={url}", $"--ApiKeys=ci:{Hash}").ApiKeys, Has.Count.EqualTo(1));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase(",")]
    [TestCase(", ;")]
    public void KeysThatAreNoneAreAnError(string keys) => Assert.That(Error("--Store=/tmp/store", $"--ApiKeys={keys}"), Does.StartWith("ApiKeys"));

    [TestCase("--Release=", "Release is set but empty")]
    [TestCase("--CloudWatchNamespace=AWS/Slipway", "CloudWatchNamespace is 'AWS/Slipway'; expected 1 to 255 letters, digits, and characters of .-_/#:, not beginning with AWS/")]
    [TestCase("--AllowedHosts=", "AllowedHosts is set but empty")]
    public void ASettingThatIsEmptyIsAnError(string argument, string expected) => Assert.That(Error("--Store=/tmp/store", argument), Does.StartWith(expected));

    [TestCase("SLIPWAY_ApiKey", "SLIPWAY_ApiKeys")]
    [TestCase("SLIPWAY_API_KEYS", "SLIPWAY_ApiKeys")]
    [TestCase("SLIPWAY_apikeyss", "SLIPWAY_ApiKeys")]
    [TestCase("SLIPWAY_RatesLimit", "SLIPWAY_RateLimit")]
    [TestCase("SLIPWAY_AllowedAdresses", "SLIPWAY_AllowedAddresses")]
    public void AMisspeltVariableIsNamedWithWhatWasMeant(string variable, string meant) =>
        Assert.That(GatewayOptionsReader.Misspelling(variable), Does.Contain($"'{variable}'").And.Contain($"did you mean {meant}?"));

    [TestCase("SLIPWAY_ApiKeys")]
    [TestCase("SLIPWAY_APIKEYS", Description = "the case of a name does not matter")]
    [TestCase("SLIPWAY_HOME")]
    [TestCase("SLIPWAY_API_KEY")]
    [TestCase("SLIPWAY_ENVIRONMENT")]
    [TestCase("SLIPWAY_NOTEBOOK_URL")]
    [TestCase("SLIPWAY_RegistryUser")]
    [TestCase("SLIPWAY_Replica")]
    [TestCase("SLIPWAY_DefaultModel")]
    [TestCase("SLIPWAY_HeartbeatInterval")]
    [TestCase("SLIPWAY_PredictionLog__Enabled")]
    [TestCase("PATH")]
    public void VariablesOfOtherProgramsAreTheirs(string variable) => Assert.That(GatewayOptionsReader.Misspelling(variable), Is.Null);

    [Test]
    public void NoOptionOfAServerCountsAsAMisspeltOptionOfAGateway()
    {
        var names = InferenceOptionsReader.Names.All;

        Assert.That(names, Does.Contain("KeyFile").And.Contain("PredictionLog:SampleRate"));
        Assert.That(names.Select(OptionNames.Variable).Where(variable => GatewayOptionsReader.Misspelling(variable) is not null), Is.Empty);
    }

    [Test]
    public void ReadsWhomItTrusts()
    {
        var options = Read("--AllowedHosts=models.example, api.example", "--TrustedProxies=10.0.1.0/24");
        Assert.That(options.AllowedHosts, Is.EqualTo(new[] { "models.example", "api.example" }));
        Assert.That(options.TrustedProxies, Is.EqualTo(new[] { IPNetwork.Parse("10.0.1.0/24") }));
    }

    [TestCase("--Url=https://127.0.0.1:1", "Url")]
    [TestCase("--Url=http://example.org:1", "Url")]
    [TestCase("--Url=http://127.0.0.1:1/path", "Url")]
    [TestCase("--PrivateUrl=http://127.0.0.1:8080", "a port other than that of Url")]
    [TestCase("--Gateway=No Good", "Gateway")]
    [TestCase("--Store=s3://bucket/folder", "Store is 's3://bucket/folder': it must be a whole bucket")]
    [TestCase("--Store=http://bucket", "neither a folder nor a bucket: give a folder, or a bucket as s3://<bucket>")]
    [TestCase("--AllowedAddresses=all", "AllowedAddresses")]
    [TestCase("--ReplicaTimeout=soon", "ReplicaTimeout")]
    [TestCase("--ReplicaTimeout=0", "ReplicaTimeout")]
    [TestCase("--MaxBodyBytes=-1", "MaxBodyBytes")]
    [TestCase("--RetryPercent=101", "RetryPercent")]
    [TestCase("--TakeOver=perhaps", "TakeOver")]
    [TestCase("--Relase=1", "--Relase is not an option of the gateway")]
    [TestCase("serve", "'serve' is not an option")]
    public void NamesWhatIsWrongInOneLine(string argument, string expected) =>
        Assert.That(Error("--Store=/tmp/store", argument), Does.Contain(expected));

    [Test]
    public void DoesNotEchoWhatMayBeAKey() => Assert.That(Error("--Store=/tmp/store", "--ApiKeys=my-secret-key"), Does.Not.Contain("my-secret-key"));

    [Test]
    public void CollectsAllErrors() => Assert.That(Errors("--Url=x", "--PollInterval=x"), Has.Count.EqualTo(3));

    [Test]
    public void ReadsWhoIsToldOfChanges()
    {
        var options = Read("--Notifications=https://hooks.example.org/a, sns:arn:aws:sns:eu-central-1:123456789012:traffic", $"--NotificationSecret=whsec_{Convert.ToBase64String(new byte[32])}");
        Assert.That(options.Notifications.Select(target => $"{target.Kind}"), Is.EqualTo(new[] { "Webhook", "Sns" }));
        Assert.That(options.NotificationSecret, Is.Not.Null);
        Assert.That((Read().Notifications.Count, Read().NotificationSecret), Is.EqualTo((0, (object?)null)));
    }

    [Test]
    public void NamesAllThatIsWrongWithNotificationsAtOnceAndNoSecret()
    {
        var errors = Errors(
            "--Store=/tmp/store", "--Notifications=https://hooks.example.org/secret,https://hooks.example.org/secret,http://hooks.example.org/secret,sns:x", "--NotificationSecret=not-a-key");
        Assert.That(errors, Has.Count.EqualTo(4));
        Assert.That(errors, Has.One.Contains("NotificationSecret is not understood; expected whsec_").And.One.Contains("twice").And.One.Contains("without TLS").And.One.Contains("a topic"));
        Assert.That(string.Join('\n', errors), Does.Not.Contain("/secret").And.Not.Contain("not-a-key"));
    }

    [Test]
    public void AWebhookNeedsASecretToSignWith()
    {
        Assert.That(Error("--Store=/tmp/store", "--Notifications=https://hooks.example.org/"), Does.Contain("NotificationSecret is missing").And.Contain("SLIPWAY_NotificationSecret"));
        Assert.That(Read("--Notifications=slack+https://hooks.example.org/").Notifications, Has.Count.EqualTo(1));
    }

    [Test]
    public void RefusesMoreTargetsThanAnybodyHas() =>
        Assert.That(
            Error("--Store=/tmp/store", "--Notifications=" + string.Join(',', Enumerable.Range(0, 11).Select(i => $"slack+https://hooks.example.org/{i}"))),
            Does.Contain("contains 11 targets; expected at most 10"));
}
