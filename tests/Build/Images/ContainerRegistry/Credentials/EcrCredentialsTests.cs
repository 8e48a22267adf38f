using System.Text;
using Amazon.ECR;
using Amazon.ECR.Model;
using Slipway.Automation.Tests.Aws;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.ContainerRegistry.Credentials;

[Category("Sdk")]
public sealed class EcrCredentialsTests
{
    private const string Mine = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    [Test]
    public async Task TokenIsUserAndPasswordUntilItExpires()
    {
        var found = await FindAsync(Mine, Mine);
        Assert.That(found, Is.EqualTo(new RegistryCredentials("AWS", "pass:word", "ecr:GetAuthorizationToken", DateTimeOffset.UnixEpoch.AddHours(12))));
    }

    [Test]
    public void TokenOfAnotherAccountIsToldApart() => Assert.That(
        () => FindAsync(Mine, "999999999999.dkr.ecr.eu-west-1.amazonaws.com"),
        Throws.TypeOf<SlipwayException>().With.Message.Contains($"AWS returned a token for 999999999999.dkr.ecr.eu-west-1.amazonaws.com, not for {Mine}"));

    [Test]
    public async Task RegistryOfSomebodyElseIsNoMatterForAws() =>
        Assert.That((await FindAsync("127.0.0.1:5000", Mine))!.User, Is.EqualTo("a person"));

    private static Task<RegistryCredentials?> FindAsync(string host, string endpoint) =>
        new EcrCredentials(ClientDouble.Of<IAmazonECR>(new FakeEcr(endpoint)), new Person()).FindAsync(new(host), default);

    private sealed class Person : IRegistryCredentialSource
    {
        public Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation) => Task.FromResult<RegistryCredentials?>(new("a person", "x", "the test"));
    }

    private sealed class FakeEcr(string endpoint)
    {
        public Task<GetAuthorizationTokenResponse> GetAuthorizationTokenAsync(GetAuthorizationTokenRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GetAuthorizationTokenResponse
            {
                AuthorizationData =
                [
                    new()
                    {
                        AuthorizationToken = Convert.ToBase64String(Encoding.UTF8.GetBytes("AWS:pass:word")),
                        ExpiresAt = DateTime.UnixEpoch.AddHours(12),
                        ProxyEndpoint = $"https://{endpoint}",
                    },
                ],
            });
    }
}
