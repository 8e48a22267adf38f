using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.ContainerRegistry.Credentials;

public sealed class UserCredentialsTests
{
    private static readonly RegistryHost Host = new("registry.example.com:5000");

    private readonly Dictionary<string, string> _variables = [];
    private string _folder = "";
    private string? _path;

    [SetUp]
    public void MakeFolder()
    {
        _variables.Clear();
        _folder = Directory.CreateTempSubdirectory("slipway-docker-").FullName;
        _path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{_folder}{Path.PathSeparator}{_path}");
    }

    [TearDown]
    public void RemoveFolder()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        TestFolder.Remove(_folder);
    }

    [Test]
    public async Task NobodyAtFaultIsNotAFailure() => Assert.That(await FindAsync(), Is.Null);

    [Test]
    public async Task VariablesComeFirst()
    {
        Configure("""{ "auths": { "registry.example.com:5000": { "auth": "Ym9iOmJvYnM=" } } }""");
        _variables["SLIPWAY_RegistryUser"] = "ann";
        _variables["SLIPWAY_RegistryPassword"] = "open:sesame";

        Assert.That(await FindAsync(), Is.EqualTo(new RegistryCredentials("ann", "open:sesame", "SLIPWAY_RegistryUser and SLIPWAY_RegistryPassword")));
    }

    [Test]
    public void OneVariableAloneIsAMistake()
    {
        _variables["SLIPWAY_RegistryUser"] = "ann";
        Assert.That(FindAsync, Throws.TypeOf<UsageException>().With.Message.Contains("Only one of"));
    }

    [TestCase("registry.example.com:5000")]
    [TestCase("https://registry.example.com:5000")]
    [TestCase("https://registry.example.com:5000/v2/")]
    public async Task TakesTheLoginOfTheDockerClient(string key)
    {
        Configure($$"""{ "auths": { "other.example.com": { "auth": "eDp5" }, "{{key}}": { "auth": "Ym9iOmJvYjpz" } } }""");

        var found = await FindAsync();
        Assert.That((found!.User, found.Password), Is.EqualTo(("bob", "bob:s")));
        Assert.That(found.ToString(), Does.Contain("config.json").And.Not.Contain("bob:s"), "it goes into logs");
    }

    [TestCase("not json", "cannot be read")]
    [TestCase("""{ "auths": { "registry.example.com:5000": { "auth": "***" } } }""", "is damaged. Log in again: docker login registry.example.com:5000")]
    [TestCase("""{ "auths": { "registry.example.com:5000": { "auth": "", "identitytoken": "x" } } }""", "only the Docker client can use")]
    [TestCase("""{ "credsStore": "../evil" }""", "not a valid program name")]
    [TestCase("""{ "credHelpers": { "registry.example.com:5000": "absent" } }""", "docker-credential-absent, which cannot be started")]
    public void LoginThatCannotBeUsedSaysWhatToDo(string settings, string expected)
    {
        Configure(settings);
        Assert.That(FindAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains(expected));
    }

    [Test]
    public async Task AsksTheProgramThatKeepsLogins()
    {
        Configure("""{ "credsStore": "other", "credHelpers": { "registry.example.com:5000": "test" } }""");
        Program("read host; [ \"$1 $host\" = 'get registry.example.com:5000' ] && echo '{\"ServerURL\":\"x\",\"Username\":\"cid\",\"Secret\":\"kept\"}'");

        Assert.That(await FindAsync(), Is.EqualTo(new RegistryCredentials("cid", "kept", "docker-credential-test")));
    }

    [Test]
    public async Task ProgramThatKnowsNoSuchHostKnowsNobody()
    {
        Configure("""{ "credsStore": "test" }""");
        Program("echo 'credentials not found in native keychain'; exit 1");

        Assert.That(await FindAsync(), Is.Null);
    }

    [TestCase("echo 'the keychain is locked'; exit 1", "has no login to registry.example.com:5000: the keychain is locked")]
    [TestCase("echo 'my-secret'", "did not return a login")]
    [TestCase("yes my-secret", "did not return a login")]
    public void ProgramThatFailsIsNamedAndItsSecretsAreNot(string body, string expected)
    {
        Configure("""{ "credsStore": "test" }""");
        Program(body);

        Assert.That(FindAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains(expected).And.Message.Not.Contains("my-secret"));
    }

    [Test]
    public async Task ProgramThatWaitsForEverIsEnded()
    {
        Configure("""{ "credsStore": "test" }""");
        Program("exec cat /dev/zero >/dev/null");
        var time = new FakeTimeProvider();
        var asking = FindAsync(time);
        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.That(() => asking, Throws.TypeOf<SlipwayException>().With.Message.Contains("did not return a login"));
    }

    private Task<RegistryCredentials?> FindAsync() => FindAsync(TimeProvider.System);

    private Task<RegistryCredentials?> FindAsync(TimeProvider time) =>
        new UserCredentials(_variables.GetValueOrDefault, new(_folder, new(time))).FindAsync(Host, default);

    private void Configure(string settings) => File.WriteAllText(Path.Combine(_folder, "config.json"), settings);

    private void Program(string body)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The program is a shell script.");
            return;
        }

        var path = Path.Combine(_folder, "docker-credential-test");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
