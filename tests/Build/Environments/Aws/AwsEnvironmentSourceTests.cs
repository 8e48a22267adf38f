using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Slipway.Build.Environments.Aws;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Aws;

public sealed class AwsEnvironmentSourceTests
{
    private static readonly Uri Emulator = new("http://127.0.0.1:5055");

    [Test]
    public void EmulatorThatIsAwayIsToBeStarted() => Assert.That(
        () => ReadAsync(() => throw new AmazonClientException("no answer", new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused))), Emulator),
        Throws.TypeOf<SlipwayException>().With.Message.StartsWith("Nothing is listening at http://127.0.0.1:5055/").And.Message.Contains("python3 tests/Aws/Emulator --port=5055"));

    [Test]
    public void AwsThatIsAwayIsNoEmulator() => Assert.That(
        () => ReadAsync(() => throw new AmazonClientException("no answer", new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused))), endpoint: null),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("AWS could not be reached").And.Message.Not.Contains("Emulator"));

    [Test]
    public void EnvironmentThatWasNeverBuiltSaysWhereItWasLookedFor() => Assert.That(
        () => ReadAsync(() => throw new ParameterNotFoundException("none") { StatusCode = HttpStatusCode.BadRequest }, endpoint: null),
        Throws.TypeOf<NotBuiltException>().With.Message.StartsWith("The environment 'shore' has not been built in eu-west-1")
            .And.Message.Contains("the region in cake.config").And.Message.EndsWith("--target=ApplyInfra --environment=shore"));

    [TestCase("{ \"name\": \"shore\" }", "missing required properties")]
    [TestCase("hello", "invalid start")]
    public void ParameterOfAnotherVersionSaysWhatWritesIt(string text, string expected) => Assert.That(
        () => ReadAsync(() => new() { Parameter = new() { Value = text } }, endpoint: null),
        Throws.TypeOf<SlipwayException>().With.Message.Contains(expected).And.Message.Contains("./build.sh --target=ApplyInfra --environment=shore"));

    private static async Task ReadAsync(Func<GetParameterResponse> answer, Uri? endpoint)
    {
        using var parameters = new AnsweredParameters(answer);
        await new AwsEnvironmentSource(parameters, new("eu-west-1", endpoint, default)).ReadAsync("shore", default);
    }

    private sealed class AnsweredParameters(Func<GetParameterResponse> answer)
        : AmazonSimpleSystemsManagementClient(new AnonymousAWSCredentials(), Amazon.RegionEndpoint.EUWest1)
    {
        public override Task<GetParameterResponse> GetParameterAsync(GetParameterRequest request, CancellationToken cancellationToken = default) => Task.FromResult(answer());
    }
}
