using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Slipway.Build.Images.ContainerRegistry.Credentials;

namespace Slipway.Build.Tests.Images.ContainerRegistry.Credentials;

public sealed class PrivateDockerConfigurationTests
{
    private string _person = "";

    [SetUp]
    public void MakeFolder()
    {
        _person = Directory.CreateTempSubdirectory("slipway-person-").FullName;
        Directory.CreateDirectory(Path.Combine(_person, "contexts"));
        File.WriteAllText(Path.Combine(_person, "contexts", "mine"), "where the engine is");
        File.WriteAllText(Path.Combine(_person, "config.json"), """
            { "auths": { "other": { "auth": "old" } }, "credsStore": "x", "credHelpers": { "a": "b" }, "currentContext": "mine", "HttpHeaders": { "h": "v" } }
            """);
    }

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_person);

    [Test]
    public void HoldsTheCredentialsOfOneRegistryAndAllElseOfThePerson()
    {
        using var made = Create();
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(made.Folder, "config.json")))!;

        Assert.That(settings["auths"]!.ToJsonString(), Is.EqualTo("""{"127.0.0.1:5000":{"auth":"YW5uOm9wZW4="}}"""));
        Assert.That((settings["credsStore"], settings["credHelpers"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        Assert.That(settings["HttpHeaders"]!["h"]!.GetValue<string>(), Is.EqualTo("v"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.ReadAllText(Path.Combine(made.Folder, "contexts", "mine")), Is.EqualTo("where the engine is"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void NobodyElseMayReadIt()
    {
        using var made = Create();
        Assert.That(File.GetUnixFileMode(made.Folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(Path.Combine(made.Folder, "config.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void GoesAndLeavesThePersonsFilesAsTheyWere()
    {
        string folder;
        using (var made = Create())
            folder = made.Folder;

        Assert.That(Directory.Exists(folder), Is.False);
        Assert.That(File.ReadAllText(Path.Combine(_person, "contexts", "mine")), Is.EqualTo("where the engine is"));
        Assert.That(File.ReadAllText(Path.Combine(_person, "config.json")), Does.Contain("\"old\""));
    }

    [Test]
    public void PersonWithoutAnyConfigurationIsFine()
    {
        using var made = PrivateDockerConfiguration.Create(
            new(Path.Combine(_person, "none"), new(TimeProvider.System)), new("127.0.0.1:5000"), new("ann", "open", "the test"));
        Assert.That(Directory.GetFileSystemEntries(made.Folder).Select(Path.GetFileName), Is.EqualTo(new[] { "config.json" }));
    }

    private PrivateDockerConfiguration Create() =>
        PrivateDockerConfiguration.Create(new(_person, new(TimeProvider.System)), new("127.0.0.1:5000"), new("ann", "open", "the test"));
}
