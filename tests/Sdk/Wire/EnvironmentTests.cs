using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime.Endpoints;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Sdk.Tests.Wire;

/// <summary>Clients without a word of configuration take it from the environment, as those of all AWS SDKs do.</summary>
[NonParallelizable]
public sealed class EnvironmentTests
{
    private static readonly string[] Names =
    [
        "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
    ];

    private readonly Dictionary<string, string?> _before = [];
    private ServiceDouble _service = null!;

    [SetUp]
    public async Task StartTheService()
    {
        foreach (var name in Names) _before[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable("AWS_REGION", "eu-west-1");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "no-secret");
        _service = await ServiceDouble.StartAsync();
        _service.Answers("{}");
    }

    [TearDown]
    public async Task StopTheService()
    {
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
        if (_service is not null)
            await _service.DisposeAsync();
    }

    [Test]
    public async Task AsksTheEndpointOfAllServices()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", _service.Url);
        using var client = new AmazonECSClient();
        await client.ListTasksAsync(new ListTasksRequest());

        Assert.That(_service.Questions.Single().Headers["Authorization"], Does.Contain("Credential=AKIDEXAMPLE/").And.Contain("/eu-west-1/ecs/aws4_request"));
    }

    [Test]
    public async Task PrefersTheEndpointOfItsService()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SECRETS_MANAGER", _service.Url);
        using var client = new AmazonSecretsManagerClient();
        await client.GetSecretValueAsync(new GetSecretValueRequest());

        Assert.That(_service.Questions, Has.Count.EqualTo(1));
    }

    [TestCase("eu-west-1", "https://ecs.eu-west-1.amazonaws.com/")]
    [TestCase("cn-north-1", "https://ecs.cn-north-1.amazonaws.com.cn/")]
    public void KnowsTheHostOfItsServiceInARegion(string region, string url)
    {
        var config = new AmazonECSConfig { RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region) };
        var endpoint = config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new ListTasksRequest()));

        Assert.That(new Uri(endpoint.URL), Is.EqualTo(new Uri(url)));
    }
}
