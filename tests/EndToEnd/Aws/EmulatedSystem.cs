using System.Net.Http.Json;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SageMaker;
using Amazon.SecretsManager;
using Amazon.SimpleSystemsManagement;
using Slipway.Automation.Aws;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;

namespace Slipway.EndToEnd.Tests.Aws;

/// <summary>The environment <c>emulated</c>, built by Terraform on an emulator of the test's own, and worked on by the targets as a person would.</summary>
internal sealed class EmulatedSystem : IAsyncDisposable
{
    public const string Model = LocalSystem.Model;
    private const string Name = "emulated";

    private static readonly string PackagePath = Path.Combine("artifacts", "lambda", "automation.zip");

    private static readonly BasicAWSCredentials Credentials = new("test", "test");
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Emulator _emulator;
    private readonly BuildHost _host;
    private readonly HttpClient _http = DirectHttpClient.Create(TimeSpan.FromSeconds(20));
    private readonly HashSet<string> _commands = [];
    private AwsEnvironmentRecord? _record;
    private string? _apiKey;

    private EmulatedSystem(string home, Emulator emulator)
    {
        (Home, _emulator) = (home, emulator);
        Variables = new Dictionary<string, string>(BuildHost.BehindAProxy)
        {
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["TF_VAR_public_url"] = emulator.PublicUrl,
            // Terraform and its provider live for seconds: their collector would take a fourth of their processor time
            ["GOGC"] = "400",
        };
        Root = OwnTree.Copy(Path.Combine(home, "tree"));
        _host = new(home, Root, Variables);
        S3 = new(Credentials, new AmazonS3Config { ServiceURL = emulator.Url, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        SageMaker = new(Credentials, new AmazonSageMakerConfig { ServiceURL = emulator.Url, AuthenticationRegion = "us-east-1" });
    }

    public string Home { get; }

    /// <summary>A tree of these tests' own, whose targets run.</summary>
    public string Root { get; }

    public IReadOnlyDictionary<string, string> Variables { get; }
    public string Url => _emulator.PublicUrl;
    public string Endpoint => _emulator.Url;
    public AmazonS3Client S3 { get; }
    public AmazonSageMakerClient SageMaker { get; }
    public AwsEnvironmentRecord Record => _record ?? throw new InvalidOperationException("The environment is not described yet.");
    public IObjectStore Store => new S3ObjectStore(S3, Record.Bucket, TimeProvider.System);
    public string EmulatorsLastWords => _emulator.LastWords;

    /// <summary>Starts an emulator; nothing is built on it yet.</summary>
    public static async Task<EmulatedSystem> StartAsync()
    {
        var home = Directory.CreateTempSubdirectory("slipway-aws-").FullName;
        return new(home, await Emulator.StartAsync(Path.Combine(home, "emulator")));
    }

    public Task<HostRun> Run(string target, params string[] arguments)
    {
        _commands.Add($"./build.sh --target={target} --environment={Name}");
        return _host.Run(target, [$"--environment={Name}", $"--{Name}_Endpoint={_emulator.Url}", .. arguments]);
    }

    /// <summary>The commands so far, as a person types them.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    /// <summary>Packages the functions where they were compiled, for Terraform to find them in this tree.</summary>
    public async Task<HostRun> PackageFunctionsAsync()
    {
        var run = await new BuildHost(Home, variables: Variables).Run("PackageAutomation");
        if (run.ExitCode == 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Package)!);
            File.Copy(Path.Combine(BuildHost.Repository, PackagePath), Package);
        }

        return run;
    }

    /// <summary>The archive of the functions.</summary>
    public string Package => Path.Combine(Root, PackagePath);

    public async Task<HostRun> Succeeds(Task<HostRun> running)
    {
        var run = await running;
        Assert.That(run.ExitCode, Is.Zero, $"{run.Target} failed:\n{run.All}");
        return run;
    }

    /// <summary>Reads what Terraform left, as callers and operators would.</summary>
    public async Task DescribeAsync()
    {
        using var parameters = new AmazonSimpleSystemsManagementClient(Credentials, new AmazonSimpleSystemsManagementConfig { ServiceURL = _emulator.Url, AuthenticationRegion = "us-east-1" });
        var parameter = await parameters.GetParameterAsync(new() { Name = AwsEnvironmentRecord.Parameter(Name) });
        _record = JsonSerializer.Deserialize(parameter.Parameter.Value, AwsEnvironmentJson.Default.AwsEnvironmentRecord)!;
        using var secrets = new AmazonSecretsManagerClient(Credentials, new AmazonSecretsManagerConfig { ServiceURL = _emulator.Url, AuthenticationRegion = "us-east-1" });
        if (_record.ApiKeySecret is { } secret)
        {
            _apiKey = (await secrets.GetSecretValueAsync(new() { SecretId = secret })).SecretString;
            _http.DefaultRequestHeaders.Add("x-api-key", _apiKey);
        }
    }

    public string ApiKey => _apiKey ?? "";

    public async Task<Load> StartLoad() => Load.Start(Url, Model, (await GoldenAsync()).Inputs, _apiKey);

    public async Task<GoldenSet> GoldenAsync()
    {
        var manifest = await new ModelVersions(Store).GetAsync(Model, 1, default);
        var folder = Path.Combine(Home, "golden", Guid.NewGuid().ToString("n"));
        await new ArtifactFetcher(Store).FetchAsync(manifest!.Artifact, folder, default);
        await using var file = File.OpenRead(Path.Combine(folder, ArtifactFiles.Golden));
        return (await JsonSerializer.DeserializeAsync(file, RegistryJson.Default.GoldenSet))!;
    }

    public async Task<HttpResponseMessage> Predict()
    {
        var row = (await GoldenAsync()).Inputs[0];
        return await _http.PostAsJsonAsync($"{Url}/v2/models/{Model}/infer", new
        {
            inputs = new[] { new { name = ModelSchema.InputName, shape = new[] { 1, row.Count }, datatype = "FP32", data = row } },
        });
    }

    /// <summary>Says through the gateway what really happened.</summary>
    public async Task Label(string prediction, int label)
    {
        using var answer = await _http.PostAsJsonAsync($"{Url}/v2/models/{Model}/feedback", new { predictionId = prediction, label });
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Invokes a function as a schedule with a time of day does, for which the emulator does not wait.</summary>
    /// <returns>False while another invocation keeps it from that.</returns>
    public async Task<bool> InvokeAsScheduled(string function, string rule)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Endpoint}/2015-03-31/functions/slipway-{Name}-{function}/invocations")
        {
            Content = JsonContent.Create(new Dictionary<string, object>
            {
                ["source"] = "aws.events",
                ["detail-type"] = "Scheduled Event",
                ["resources"] = new[] { $"arn:aws:events:us-east-1:123456789012:rule/slipway-{Name}-{rule}" },
            }),
        };
        // the emulator finds the service by it, and checks no signature
        request.Headers.TryAddWithoutValidation("authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _http.SendAsync(request);
        return answer.IsSuccessStatusCode;
    }

    public async Task<string> LiveVersionAsync()
    {
        using var answer = await Predict();
        return answer.Headers.GetValues(SlipwayHeaders.ModelVersion).Single();
    }

    /// <summary>Puts a dataset where arrivals belong, as any program with an S3 client does.</summary>
    public Task DropAsync(string file, string name, string model = Model) => S3.PutObjectAsync(new() { BucketName = Record.Bucket, Key = StoreKeys.Dataset(model, name), FilePath = file });

    /// <summary>Waits, within limits, for something that happens automatically.</summary>
    public static async Task<T> Eventually<T>(Func<Task<T?>> look, string what) where T : class
    {
        using var deadline = new CancellationTokenSource(Timeout, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (!deadline.IsCancellationRequested)
        {
            if (await look() is { } found)
                return found;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        throw new AssertionException($"{what} did not happen within {Timeout}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _http.Dispose();
        S3.Dispose();
        SageMaker.Dispose();
        TestFolder.Remove(Home);
    }
}
