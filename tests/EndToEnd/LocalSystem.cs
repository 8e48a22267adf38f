using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.EndToEnd.Tests;

/// <summary>A complete local environment in a separate folder: real processes over loopback, on free ports.</summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    public const string Model = "predictive-maintenance";
    public const string EnvironmentName = "local";

    private readonly BuildHost _host;
    private readonly HttpClient _http = DirectHttpClient.Create(TimeSpan.FromSeconds(20));
    private readonly List<RunningTarget> _running = [];
    private string? _url;

    /// <param name="inATreeOfItsOwn">For tests that change files of the tree, or its build output, because others use the tree of the tests at the same time.</param>
    public LocalSystem(bool inATreeOfItsOwn = false)
    {
        Home = Directory.CreateTempSubdirectory("slipway-e2e-").FullName;
        Root = inATreeOfItsOwn ? OwnTree.Copy(Path.Combine(Home, "tree")) : BuildHost.Repository;
        _host = new(Home, Root, new Dictionary<string, string>(BuildHost.BehindAProxy)
        {
            ["XDG_CACHE_HOME"] = Cache,
            ["SLIPWAY_Monitoring__Window"] = "00:00:05", // a test does not wait for minutes
        });
        Store = new DirectoryObjectStore(Path.Combine(Folder, "store"));
    }

    public string Home { get; }

    /// <summary>The tree whose targets run.</summary>
    public string Root { get; }

    /// <summary>Where programs keep things for a user.</summary>
    public string Cache => Path.Combine(Home, "cache");

    public string Folder => Path.Combine(Home, EnvironmentName);
    public IObjectStore Store { get; }
    public string Url => _url ?? throw new InvalidOperationException("Nothing has been deployed.");
    public HttpClient Http => _http;

    /// <summary>The target that was begun last.</summary>
    public RunningTarget Running => _running[^1];

    /// <summary>What the first trainings leave, for tests that are about what comes after them.</summary>
    public Task BringTrainedModels() => TrainedModels.CopyToAsync(Folder);

    /// <summary>Starts a target that runs until it is stopped, at the latest with this system.</summary>
    public void Begin(string target, params string[] arguments) => _running.Add(_host.Begin(target, arguments));

    public Task<HostRun> Run(string target, params string[] arguments) => _host.Run(target, arguments);

    public async Task<HostRun> Deploy(params string[] arguments)
    {
        var run = await Run("Deploy", ["--port=0", "--Local_PrivatePort=0", .. arguments]);
        if (Regex.Match(run.Output, @"^Gateway: (http://127\.0\.0\.1:\d+)\r?$", RegexOptions.Multiline) is { Success: true } url)
            _url = url.Groups[1].Value;
        return run;
    }

    public async Task<HostRun> Succeeds(Task<HostRun> running)
    {
        var run = await running;
        Assert.That(run.ExitCode, Is.Zero, $"{run.Target} failed:\n{run.All}");
        return run;
    }

    public async Task<Load> StartLoad() => Load.Start(Url, Model, (await Golden()).Inputs);

    public async Task<Load> StartLoadWithoutPause() => Load.StartWithoutPause(Url, Model, (await Golden()).Inputs);

    /// <summary>The models of the repository that Deploy can train without being given data.</summary>
    public static IReadOnlyList<string> ModelsWithASample() =>
        [.. Directory.EnumerateFiles(Path.Combine(BuildHost.Repository, "training", "models"), ArtifactFiles.Spec, SearchOption.AllDirectories)
            .Where(spec => ModelSpecReader.Read(File.ReadAllBytes(spec), spec).Dataset is not null)
            .Select(spec => Path.GetFileName(Path.GetDirectoryName(spec)!)).Order(StringComparer.Ordinal)];

    public async Task<GoldenSet> Golden(int version = 1, string model = Model)
    {
        var manifest = await new ModelVersions(Store).GetAsync(model, version, default);
        var folder = Path.Combine(Home, "golden", Guid.NewGuid().ToString("n"));
        await new ArtifactFetcher(Store).FetchAsync(manifest!.Artifact, folder, default);
        await using var file = File.OpenRead(Path.Combine(folder, ArtifactFiles.Golden));
        return (await JsonSerializer.DeserializeAsync(file, RegistryJson.Default.GoldenSet))!;
    }

    /// <summary>Registers the same model as one more version, and publishes it on both colors.</summary>
    public async Task PublishAgain(string model)
    {
        var keys = Path.Combine(Folder, "keys");
        var signer = SigningKeyFile.ReadOrCreate(Path.Combine(keys, "signing-key.pem"), Path.Combine(keys, "signing-key.pub.pem"));
        var versions = new ModelVersions(Store);
        var first = (await versions.GetAsync(model, 1, default))!;
        var again = await versions.RegisterAsync(model, number => first with { Version = number, Lineage = first.Lineage with { TrainingJob = $"{first.Lineage.TrainingJob[..^1]}2" } }, signer, default);
        await new ModelChannels(Store, TimeProvider.System, signer: signer).MoveAsync(new(model, again.Version, HistoryAction.Publish, Colors.All, "tester", "To see it swapped."), default);
    }

    /// <summary>One prediction through the gateway.</summary>
    public async Task<HttpResponseMessage> Predict(string model = Model)
    {
        var row = (await Golden()).Inputs[0];
        return await _http.PostAsJsonAsync($"{Url}/v2/models/{model}/infer", new
        {
            inputs = new[] { new { name = ModelSchema.InputName, shape = new[] { 1, row.Count }, datatype = "FP32", data = row } },
        });
    }

    /// <summary>A CSV of the sample generator with another seed.</summary>
    public string OtherDataset(int seed)
    {
        var path = Path.Combine(Home, $"seed-{seed}.csv");
        var trainer = Path.Combine(BuildHost.Repository, "training", "Trainer", "bin", BuildHost.Configuration, "net10.0", "Slipway.Trainer.dll");
        using var process = Process.Start("dotnet", [trainer, "generate", "--generator=ai4i2020", "--rows=10000", $"--seed={seed}", $"--output={path}"]);
        process.WaitForExit();
        return path;
    }

    /// <summary>Shuffled labels cannot be predicted, so no model trained on them can pass.</summary>
    public string NoiseDataset()
    {
        var path = Path.Combine(Home, "noise.csv");
        var random = new Random(1);
        File.WriteAllLines(path, File.ReadAllLines(OtherDataset(seed: 5)).Select((line, i) => i == 0 ? line : Relabel(line, random.Next(30) == 0)));
        return path;
    }

    private static string Relabel(string line, bool failed)
    {
        // UDI, Product ID, Type, five measurements, then the label and the five failure modes.
        var values = line.Split(',');
        values[8] = failed ? "1" : "0";
        return string.Join(',', values);
    }

    public ServiceEntry Service(string name) =>
        JsonSerializer.Deserialize<ServiceEntry>(File.ReadAllBytes(Path.Combine(Folder, "run", $"{name}.json")), JsonSerializerOptions.Web)!;

    public void Kill(string name)
    {
        using var process = Process.GetProcessById(Service(name).ProcessId);
        process.Kill();
        process.WaitForExit();
    }

    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited && !(File.Exists($"/proc/{processId}/stat") && File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running)
            await running.DisposeAsync();
        await Run("Stop");
        _http.Dispose();
        TestFolder.Remove(Home);
    }
}

internal sealed record ServiceEntry(string Name, int ProcessId, string Release, string? Url);
