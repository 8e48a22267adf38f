using Slipway.Automation.Aws;
using Slipway.Build.Environments.Fleets.Aws;
using Slipway.Registry.Signing;

namespace Slipway.Build.Tests.Environments.Fleets.Aws;

[Category("Sdk")]
public sealed class OperatorsPageTests
{
    private static readonly AwsEnvironmentRecord Record = new(
        "test", "eu-central-1", "store", "main", "https://example.test", "arn:prediction-key", null, new("slipway-test", "slipway-test-gateway", "slipway-test-blue", "slipway-test-green", 2, 1, 3600, "X86_64"), new("", ""),
        new("", "", 0, 0, false, "", [], [], ""), new("", "", ""), new("", SignatureMode.Enforce, ""), "arn:page-token");

    /// <summary>A job's log is kept and read by many: it has the name of the secret, never its value.</summary>
    [Test]
    public void PrintsTheCommandsThatForwardThePortAndReadTheToken()
    {
        var lines = OperatorsPage.HowToOpen(Record);

        Assert.That(lines, Has.Count.EqualTo(3));
        Assert.That(lines[1], Does.Contain("--document-name AWS-StartPortForwardingSessionToRemoteHost").And.Contain("--cluster slipway-test --service-name slipway-test-gateway").And.Contain("portNumber=8081,localPortNumber=8081"));
        Assert.That(lines[2], Is.EqualTo("echo \"http://127.0.0.1:8081/?token=$(aws secretsmanager get-secret-value --region eu-central-1 --secret-id arn:page-token --query SecretString --output text)\""));
    }

    [Test]
    public void SaysNothingOfAPageThatHasNoToken() => Assert.That(OperatorsPage.HowToOpen(Record with { PageTokenSecret = null }), Is.Empty);
}
