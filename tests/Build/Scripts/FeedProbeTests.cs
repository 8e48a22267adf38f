using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Xml.Linq;

namespace Slipway.Build.Tests.Scripts;

/// <summary>The real probe, with the real NuGet, against feeds of the test's own.</summary>
public sealed class FeedProbeTests
{
    private DirectoryInfo _root = null!;

    private string Feed => Path.Combine(_root.FullName, "feed");

    private string Answer => Path.Combine(_root.FullName, "obj", "standins.props");

    [SetUp]
    public void CreateRepository()
    {
        _root = Directory.CreateTempSubdirectory("slipway-probe-");
        foreach (var file in new[] { "global.json", "Directory.Packages.props", "build/StandIns/Probe.proj", "build/StandIns/Probe.csproj" })
        {
            var target = Path.Combine(_root.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, file), target);
        }

        Directory.CreateDirectory(Feed);
        UseFeed(Feed);
        List("Cake.Frosting");
    }

    [TearDown]
    public void RemoveRepository() => TestFolder.Remove(_root);

    [Test]
    public void TakesAPackageThatTheFeedHas()
    {
        AddPackage("Cake.Frosting", "7.0.0");

        Assert.That(Ask().ExitCode, Is.Zero);
        Assert.That(StandIns() + Instead(), Is.Empty);
    }

    [Test]
    public void ReplacesAPackageThatTheFeedDoesNotKnow()
    {
        Assert.That(Ask().ExitCode, Is.Zero);
        Assert.That(StandIns(), Is.EqualTo("Cake.Frosting"));
        Assert.That(File.ReadAllText(Answer), Does.Contain("the-key"));
    }

    [Test]
    public void ReplacesAPackageOfWhichTheFeedHasOnlyOlderVersions()
    {
        AddPackage("Cake.Frosting", "6.0.0");

        Assert.That(Ask().ExitCode, Is.Zero);
        Assert.That(StandIns(), Is.EqualTo("Cake.Frosting"));
    }

    [Test]
    public void UsesAndReportsTheNextVersionIfTheFeedLacksThePinnedOne()
    {
        List("Cake.Frosting", "AWSSDK.ECR");
        AddPackage("Cake.Frosting", "7.0.2");
        AddPackage("AWSSDK.ECR", "99.0.0");

        Assert.That(Ask().ExitCode, Is.Zero);
        Assert.That(StandIns(), Is.Empty);
        Assert.That(Instead(), Is.EqualTo("AWSSDK.ECR 99.0.0 instead of 4.0.6, Cake.Frosting 7.0.2 instead of 7.0.0").Or.EqualTo("Cake.Frosting 7.0.2 instead of 7.0.0, AWSSDK.ECR 99.0.0 instead of 4.0.6"));
    }

    [Test]
    public void ReplacesOnlyThosePackagesThatTheFeedDoesNotKnow()
    {
        List("Cake.Frosting", "AWSSDK.ECR", "AWSSDK.ECS");
        AddPackage("Cake.Frosting", "7.0.0");

        Assert.That(Ask().ExitCode, Is.Zero);
        Assert.That(StandIns().Split(';'), Is.EquivalentTo(new[] { "AWSSDK.ECR", "AWSSDK.ECS" }));
    }

    [Test]
    public void FailsWhenAPackageNeedsAnotherThatTheFeedLacks()
    {
        AddPackage("Cake.Frosting", "7.0.0", needs: "Cake.Core");

        var result = Ask();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Does.Contain("The feed lacks Cake.Core"));
        Assert.That(File.Exists(Answer), Is.False);
    }

    [Test]
    public async Task FailsWhenTheFeedRefusesTheLogin()
    {
        using var listener = new HttpListener();
        var url = ListenSomewhere(listener);
        UseFeed($"{url}v3/index.json");
        var refusing = RefuseEveryoneAsync(listener);

        var result = Ask();
        listener.Stop();
        await refusing;

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Does.Contain("The package feed could not be queried for Cake.Frosting").And.Contain("401"));
        Assert.That(File.Exists(Answer), Is.False);
    }

    private static async Task RefuseEveryoneAsync(HttpListener listener)
    {
        try
        {
            while (listener.IsListening)
            {
                var context = await listener.GetContextAsync();
                context.Response.StatusCode = 401;
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private static string ListenSomewhere(HttpListener listener)
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/";
        socket.Stop();
        listener.Prefixes.Add(url);
        listener.Start();
        return url;
    }

    private ScriptResult Ask()
    {
        var start = new ProcessStartInfo("dotnet", ["build", Path.Combine(_root.FullName, "build/StandIns/Probe.proj"), "-nologo", "-v:quiet", "-clp:ErrorsOnly", "-p:Key=the-key"])
        {
            WorkingDirectory = _root.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // the packages of the test must not get into the machine's cache
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root.FullName, "packages");
        start.Environment["NUGET_HTTP_CACHE_PATH"] = Path.Combine(_root.FullName, "http-cache");
        start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1";
        start.Environment.Remove("StandIns");
        return Processes.Run(start);
    }

    private string Instead() => XDocument.Load(Answer).Descendants("ResolvedInstead").Single().Value;

    private string StandIns() => XDocument.Load(Answer).Descendants("StandInPackages").Single().Value;

    private void List(params string[] packages) => File.WriteAllText(Path.Combine(_root.FullName, "build", "StandIns", "StandIns.props"), $"""
        <Project>
          <ItemGroup>
            <StandIn Include="{string.Join(';', packages)}" />
          </ItemGroup>
        </Project>
        """);

    private void UseFeed(string source) => File.WriteAllText(Path.Combine(_root.FullName, "NuGet.config"), $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="test" value="{source}" allowInsecureConnections="true" />
          </packageSources>
        </configuration>
        """);

    private void AddPackage(string id, string version, string? needs = null)
    {
        var dependency = needs is null ? "" : $"""<dependency id="{needs}" version="{version}" />""";
        using var package = ZipFile.Open(Path.Combine(Feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
        nuspec.Write($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{id}</id><version>{version}</version><authors>test</authors><description>test</description>
                <dependencies><group targetFramework="net10.0">{dependency}</group></dependencies>
              </metadata>
            </package>
            """);
    }
}
