using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.EndToEnd.Tests.Browser;

/// <summary>A window of the system's Chromium, which a script drives.</summary>
internal sealed class BrowserWindow : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ToInstall = TimeSpan.FromMinutes(5);
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _driver;

    private BrowserWindow(Process driver) => _driver = driver;

    /// <summary>Where the pictures are kept.</summary>
    public static string Pictures { get; } = Path.Combine(BuildHost.Repository, "TestResults", "screenshots");

    /// <summary>Skips the test where there is no browser, and says how to get one.</summary>
    public static async Task<BrowserWindow> OpenAsync(string folder)
    {
        if (OnPath(Programs) is not { } browser || OnPath("node") is null || OnPath("npm") is null)
        {
            Assert.Ignore("a browser is not here, or what drives it: apt-get install chromium nodejs npm");
            throw new UnreachableException();
        }
        var driver = Path.Combine(folder, "driver");
        Directory.CreateDirectory(driver);
        Directory.CreateDirectory(Pictures);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(BuildHost.Repository, "tests", "EndToEnd", "Browser", "driver")))
            File.Copy(file, Path.Combine(driver, Path.GetFileName(file)));
        await InstallAsync(driver);
        var start = new ProcessStartInfo("node", ["driver.mjs"]) { WorkingDirectory = driver, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CHROMIUM"] = browser;
        foreach (var name in new[] { "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY" })
            start.Environment.Remove(name);
        return new(Process.Start(start)!);
    }

    public Task Open(int width = 1280, string scheme = "light", bool scripts = true) => Do(new() { ["command"] = "open", ["width"] = width, ["scheme"] = scheme, ["scripts"] = scripts });

    public Task Look(int width, string scheme) => Do(new() { ["command"] = "look", ["width"] = width, ["scheme"] = scheme });

    /// <returns>The status.</returns>
    public async Task<int> Go(string url) => (await Do(new() { ["command"] = "go", ["url"] = url }))!.GetValue<int>();

    public Task At(string url) => Do(new() { ["command"] = "at", ["url"] = url });

    /// <summary>Waits until the page shows a text, or another one.</summary>
    public Task Says(string text, string? or = null) => Do(new() { ["command"] = "says", ["text"] = text, ["or"] = or });

    public async Task<string> Text() => (await Do(new() { ["command"] = "text" }))!.GetValue<string>();

    public Task Click(string selector) => Do(new() { ["command"] = "click", ["selector"] = selector });

    public Task Fill(string selector, string text) => Do(new() { ["command"] = "fill", ["selector"] = selector, ["text"] = text });

    public Task Slide(string selector, string text) => Do(new() { ["command"] = "slide", ["selector"] = selector, ["text"] = text });

    /// <returns>The text of what has the focus then.</returns>
    public async Task<string> Press(string key) => (await Do(new() { ["command"] = "press", ["text"] = key }))!.GetValue<string>();

    public Task Tabs(string url, int count) => Do(new() { ["command"] = "tabs", ["url"] = url, ["count"] = count });

    /// <summary>Closes the other tabs.</summary>
    public Task Alone() => Do(new() { ["command"] = "alone" });

    public Task Picture(string name) => Do(new() { ["command"] = "picture", ["path"] = Path.Combine(Pictures, $"{name}.png") });

    public async Task<bool> ScrollsSideways() => (await Do(new() { ["command"] = "sideways" }))!.GetValue<bool>();

    /// <summary>What axe-core finds: each rule with the elements that break it.</summary>
    public async Task<IReadOnlyList<string>> Violations() => Texts(await Do(new() { ["command"] = "check" }));

    /// <summary>Errors in the browser's console since the last time.</summary>
    public async Task<IReadOnlyList<string>> Problems() => Texts(await Do(new() { ["command"] = "problems" }));

    public async ValueTask DisposeAsync()
    {
        _driver.StandardInput.Close();
        using var limit = new CancellationTokenSource(Timeout);
        try
        {
            await _driver.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _driver.Kill(entireProcessTree: true);
        }
        _driver.Dispose();
    }

    private async Task<JsonNode?> Do(JsonObject command)
    {
        await _driver.StandardInput.WriteLineAsync(command.ToJsonString());
        await _driver.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(Timeout);
        var line = await _driver.StandardOutput.ReadLineAsync(limit.Token) ?? throw new AssertionException($"The browser's driver ended at {command.ToJsonString()}.");
        var answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error ? throw new AssertionException($"{command.ToJsonString()}: {error}") : answer["value"];
    }

    private static async Task InstallAsync(string folder)
    {
        // exactly the versions in the lock file, without scripts; npm keeps them in its cache
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--prefer-offline"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var npm = Process.Start(start)!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(ToInstall);
        await npm.WaitForExitAsync(limit.Token);
        Assert.That(npm.ExitCode, Is.Zero, $"npm could not install the browser's driver: {await output}{await errors}");
    }

    private static string[] Texts(JsonNode? list) => list.Deserialize<string[]>() ?? [];

    private static string? OnPath(params string[] names) => names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
        .FirstOrDefault(File.Exists);
}
