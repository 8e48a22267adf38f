using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Tests.Images.ContainerRegistry;

/// <summary>Debian's <c>docker-registry</c> on loopback, with a separate folder.</summary>
internal sealed partial class DebianRegistry : IDisposable
{
    public const string User = "ann";
    public const string Password = "open sesame";

    // of that password, with the least rounds that bcrypt has
    private const string PasswordHash = "$2b$04$sthutyrqW6g22sKHpS5ZzOJjv/tyV0bYOlB8LEO7EtuQmT8M//f4m";

    private const string InstallHint = "Get it with .ci/install, or apt-get install docker-registry.";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-registry-").FullName;
    private readonly Process _process;
    private Task _reading = Task.CompletedTask;

    public DebianRegistry(bool asks)
    {
        File.WriteAllText(Path.Combine(_folder, "users"), $"{User}:{PasswordHash}\n");
        File.WriteAllText(Path.Combine(_folder, "registry.yml"), $"""
            version: 0.1
            log: {"{"} accesslog: {"{"} disabled: true {"}"} {"}"}
            storage: {"{"} filesystem: {"{"} rootdirectory: {_folder} {"}"} {"}"}
            http: {"{"} addr: "127.0.0.1:0" {"}"}
            {(asks ? $"auth: {{ htpasswd: {{ realm: here, path: {_folder}/users }} }}" : "")}
            """);
        _process = Start(Path.Combine(_folder, "registry.yml"));
        Host = new(Listening());
    }

    public RegistryHost Host { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _reading.Wait();
        _process.Dispose();
        TestFolder.Remove(_folder);
    }

    private static Process Start(string configuration)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("docker-registry", ["serve", configuration]) { RedirectStandardError = true })!;
        }
        catch (Win32Exception e)
        {
            Assert.Ignore($"There is no docker-registry here. {InstallHint}\n{e.Message}");
            throw;
        }
    }

    private string Listening()
    {
        var said = new List<string>();
        // a silent one would block the tests forever
        using var late = new CancellationTokenSource(Timeout, TimeProvider.System);
        using var end = late.Token.Register(_process.Kill);
        while (_process.StandardError.ReadLine() is { } line)
        {
            said.Add(line);
            if (Address().Match(line) is { Success: true } address)
            {
                // read on, so that it cannot block on its own log
                _reading = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return address.Groups[1].Value;
            }
        }

        var words = string.Join('\n', said);
        Assert.Ignore($"docker-registry does not start here. {InstallHint}\n{words}");
        throw new InvalidOperationException(words);
    }

    [GeneratedRegex(@"listening on (127\.0\.0\.1:\d+)")]
    private static partial Regex Address();
}
