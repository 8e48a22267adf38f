using System.Diagnostics;
using System.Text.Json.Nodes;
using Slipway.Registry;

namespace Slipway.Build.Tools;

/// <summary>A picture of a web page, made by the system's Chromium and the driver that the tests of the operator's page use.</summary>
/// <param name="driver">The folder of the driver.</param>
/// <param name="path">Where programs are looked for: the variable PATH.</param>
public sealed class PagePicture(string driver, string path, TimeProvider time)
{
    private const int Width = 1280;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome"];

    /// <param name="url">Whose page leads on to <paramref name="at"/>; it may contain a secret, which is neither printed nor on the command line.</param>
    /// <param name="file">Is overwritten.</param>
    /// <exception cref="SlipwayException">A program is not here, or the page cannot be shown; the message says what to do.</exception>
    public async Task MakeAsync(string url, string at, string file, CancellationToken cancellation)
    {
        var (browser, node, npm) = (Require(Browsers), Require("node"), Require("npm"));
        using var deadline = new Deadline(Timeout, time, cancellation);
        var folder = Directory.CreateTempSubdirectory("slipway-picture-");
        try
        {
            foreach (var part in Directory.EnumerateFiles(driver))
                File.Copy(part, Path.Combine(folder.FullName, Path.GetFileName(part)));
            await InstallAsync(npm, folder.FullName, deadline.Token);
            await DriveAsync(
                node, browser, folder.FullName,
                [
                    new() { ["command"] = "open", ["width"] = Width }, new() { ["command"] = "go", ["url"] = url }, new() { ["command"] = "at", ["url"] = at },
                    new() { ["command"] = "picture", ["path"] = file },
                ], deadline.Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Require(params string[] names) => names
        .SelectMany(name => path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
        .FirstOrDefault(File.Exists)
        ?? throw new SlipwayException($"The picture is made by Chromium, which node drives with a package from npm, and '{names[0]}' is not here. On Debian or Ubuntu: apt-get install chromium nodejs npm");

    // exactly the versions in the lock file, without scripts
    private static async Task InstallAsync(string npm, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--prefer-offline"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new SlipwayException($"npm could not install what drives the browser: {(await output + await errors).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task DriveAsync(string node, string browser, string folder, IReadOnlyList<JsonObject> commands, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(node, ["driver.mjs"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CHROMIUM"] = browser;
        foreach (var proxy in new[] { "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY" })
            start.Environment.Remove(proxy);
        using var process = Process.Start(start)!;
        try
        {
            foreach (var command in commands)
            {
                await process.StandardInput.WriteLineAsync(command.ToJsonString().AsMemory(), cancellation);
                await process.StandardInput.FlushAsync(cancellation);
                var answer = await process.StandardOutput.ReadLineAsync(cancellation);
                if (answer is null || JsonNode.Parse(answer)!["error"] is not null)
                    throw new SlipwayException($"The browser could not '{command["command"]}'. Is the environment running? ./build.sh --target=Status");
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
