using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Slipway.Registry;

namespace Slipway.Build.Sdk;

/// <summary>The Python package with the definitions of all AWS services, from which the SDKs are generated.</summary>
/// <param name="Folder">Where it is installed.</param>
public sealed record Botocore(string Folder, Version Version)
{
    public const string InstallHint = "Install it with: apt-get install python3-boto3, or pip install boto3.";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Lazy<Botocore?> Found = new(Find);

    /// <summary>The newest on this machine: a user's own Python may precede the system's. Null if there is none.</summary>
    public static Botocore? Newest => Found.Value;

    /// <exception cref="SlipwayException">It has no definition of this service.</exception>
    public ServiceDefinition Definition(string service) => new(Read(service, "service-2") ?? throw new SlipwayException($"botocore {Version} in {Folder} has no definition of {service}."));

    /// <summary>The paginated operations.</summary>
    public IReadOnlyList<string> Paginated(string service) =>
        [.. (Read(service, "paginators-1")?["pagination"]?.AsObject() ?? []).Select(one => one.Key).Order(StringComparer.Ordinal)];

    private JsonObject? Read(string service, string kind)
    {
        var folder = Path.Combine(Folder, "data", service);
        // one folder per API version, named by its date
        var newest = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).LastOrDefault() : null;
        if (newest is null)
            return null;
        var plain = Path.Combine(newest, $"{kind}.json");
        if (File.Exists(plain))
            return JsonNode.Parse(File.ReadAllText(plain))!.AsObject();
        if (!File.Exists($"{plain}.gz"))
            return null;
        using var file = File.OpenRead($"{plain}.gz");
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static Botocore? Find() => new[] { "python3", "/usr/bin/python3" }.Select(Probe).OfType<Botocore>().MaxBy(one => one.Version);

    private static Botocore? Probe(string python)
    {
        var start = new ProcessStartInfo(python, ["-c", "import botocore, os; print(os.path.dirname(botocore.__file__)); print(botocore.__version__)"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (folder, version) = (process.StandardOutput.ReadLine(), process.StandardOutput.ReadLine());
            if (!process.WaitForExit(Limit)) process.Kill();
            return Directory.Exists(folder) && Version.TryParse(version, out var number) ? new(folder, number) : null;
        }
        catch (Win32Exception)
        {
            return null; // no such Python
        }
    }
}
