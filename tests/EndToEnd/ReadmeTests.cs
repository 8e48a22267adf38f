using System.Diagnostics;
using System.Text.RegularExpressions;
using Slipway.Registry.Predictions;

namespace Slipway.EndToEnd.Tests;

/// <summary>Every command of the README that needs no engine, run literally and in order.</summary>
public sealed partial class ReadmeTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    private readonly LocalSystem _system = new(inATreeOfItsOwn: true);

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [Test]
    public async Task EveryCommandDoesWhatItSays()
    {
        if (!File.Exists("/usr/bin/curl") || !File.Exists("/bin/bash"))
            Assert.Ignore("bash or curl is missing, so the README's commands cannot be run. Get them with .ci/install, or apt-get install bash curl.");

        var commands = Readme.Commands().Where(told => told.Section != Readme.Images).Select(told => told.Command).ToList();
        Assert.That(commands, Has.Count.GreaterThan(10));

        var isClean = (await Run("git status --porcelain || echo unknown")).Length == 0;
        var (url, id) = ("", "");
        foreach (var command in commands.Where(command => !command.Contains("--target=Test", StringComparison.Ordinal)))
        {
            // a version trained with uncommitted changes cannot be reproduced, and Reproduce reports that
            if (!isClean && command.Contains("--target=Reproduce", StringComparison.Ordinal))
                continue;
            var output = await Run(command.Replace("http://127.0.0.1:8080", url).Replace("<prediction-id>", id));
            url = GatewayUrl().Match(output) is { Success: true } found ? found.Groups[1].Value : url;
            id = PredictionIdHeader().Match(output) is { Success: true } header ? header.Groups[1].Value : id;
        }

        Assert.That(PredictionIds.TryParse(id, out _), Is.True);
    }

    private async Task<string> Run(string command)
    {
        // The solution is built already, and these tests run from its output: targets run without those that they depend on.
        var line = command switch
        {
            _ when command.StartsWith("./build.sh", StringComparison.Ordinal) => $"{command} --exclusive",
            _ when command.Contains("curl ", StringComparison.Ordinal) => $"{command} --fail --silent --show-error",
            _ => command,
        };
        var start = new ProcessStartInfo("/bin/bash", ["-o", "pipefail", "-c", line])
        {
            WorkingDirectory = _system.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLIPWAY_HOME"] = _system.Home;
        start.Environment["CI"] = "true";
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Timeout);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        // a release that is faulty on purpose is to be taken back
        Assert.That(process.ExitCode, Is.EqualTo(command.Contains("--fault=", StringComparison.Ordinal) ? 3 : 0), $"{line}\n{await output}{errors}");
        return await output;
    }

    [GeneratedRegex("^Gateway: (http://[^\\s]+)", RegexOptions.Multiline)]
    private static partial Regex GatewayUrl();

    [GeneratedRegex("^x-slipway-prediction-id: ([^\\s]+)", RegexOptions.Multiline)]
    private static partial Regex PredictionIdHeader();
}
