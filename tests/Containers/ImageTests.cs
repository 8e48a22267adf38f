using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Containers.Tests.Engine;
using Slipway.Containers.Tests.TestSystems;

namespace Slipway.Containers.Tests;

/// <summary>The contents of the images.</summary>
public sealed class ImageTests
{
    [TestCase(ImageName.Model)]
    [TestCase(ImageName.Gateway)]
    public void SaysWhatItIsMadeFromAndRunsAsNobodySpecial(string name)
    {
        var made = TestSystem.Release[name];
        var image = TestSystem.Docker.FindImage(made.Local)!;

        Assert.Multiple(() =>
        {
            Assert.That(image.Id, Is.EqualTo(made.Id));
            Assert.That(image.User, Is.EqualTo("1654"));
            Assert.That(image.Labels["org.opencontainers.image.title"], Does.StartWith("Slipway"));
            Assert.That(image.Labels["org.opencontainers.image.version"], Is.EqualTo("0.0.0"));
            Assert.That(image.Labels["org.opencontainers.image.revision"], Is.EqualTo("containertests"));
            Assert.That(image.Labels["org.opencontainers.image.base.name"], Is.EqualTo(StandInBases.Runtime));
            Assert.That(image.Labels["dev.slipway.content"], Is.EqualTo(made.Content));
            Assert.That(image.Labels["dev.slipway.dirty"], Is.EqualTo("false"));
        });
    }

    [Test]
    public void ServesUnlessItIsToldToTrain()
    {
        var image = TestSystem.Docker.FindImage(TestSystem.ModelImage)!;

        Assert.That(image.Command, Is.EqualTo(new[] { "serve" }));
        Assert.That(image.Entrypoint, Is.Empty, "SageMaker's words are programs");
    }

    [TestCase(ImageName.Model)]
    [TestCase(ImageName.Gateway)]
    public async Task HasNoShellAndNothingThatNoContainerLoads(string name)
    {
        var files = await FilesAsync(TestSystem.Release[name].Local);

        Assert.That(files, Has.Some.EqualTo("app/Slipway.Registry.dll"), "the list is one of this image");
        Assert.That(files.Where(file => Path.GetFileName(file) is "sh" or "bash" or "dash" or "busybox" or "apt" or "apt-get" or "dpkg" or "curl" or "wget"), Is.Empty);
        Assert.That(files.Where(file => file.StartsWith("app/", StringComparison.Ordinal) && Path.GetExtension(file) is ".pdb" or ".xml"), Is.Empty);
        Assert.That(files, Has.None.EqualTo("app/onnxruntime.dll"));
    }

    [Test]
    public async Task DeclaresItsNativeLibraryToScanners()
    {
        var files = await FilesAsync(TestSystem.ModelImage);

        Assert.That(files, Has.Some.EqualTo("var/lib/dpkg/status.d/libgomp1").And.Some.EndsWith("/libgomp.so.1"));
    }

    [Test]
    public void HasNoShellToRun() =>
        Assert.That(TestSystem.Docker.Run(Container.Restricted(TestSystem.ModelImage, "sh", "-c", "id")), Is.EqualTo(127));

    [TestCase(ImageName.Model)]
    [TestCase(ImageName.Gateway)]
    public async Task HoldsNoSecret(string name)
    {
        var image = TestSystem.Docker.FindImage(TestSystem.Release[name].Local)!;
        var history = await Shell.RunAsync("docker", "history", "--no-trunc", "--format", "{{.CreatedBy}}", image.Id);

        // every setting, so that each addition has to be reviewed
        Assert.That(image.Environment.Select(variable => variable.Split('=')[0]), Is.SubsetOf(new[]
        {
            "PATH", "APP_UID", "ASPNETCORE_HTTP_PORTS", "DOTNET_RUNNING_IN_CONTAINER", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_VERSION",
            "ASPNET_VERSION", "DOTNET_EnableDiagnostics", "ORT_DISABLE_TELEMETRY",
        }));
        Assert.That(history.ToLowerInvariant(), Does.Not.Contain("secret").And.Not.Contain("password").And.Not.Contain("token").And.Not.Contain("_key"));
    }

    [Test]
    public async Task StaysAsItIsWhenNothingHasChanged()
    {
        var again = await TestSystem.PackageAsync();

        Assert.That(again, Is.EqualTo(TestSystem.Release).Using<ReleaseRecord>((one, other) => one.Images.SequenceEqual(other.Images) && one.CreatedAt == other.CreatedAt));
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(string image)
    {
        var id = (await Shell.RunAsync("docker", "create", image)).Trim();
        try
        {
            var tar = Path.Combine(TestSystem.Folder, $"{id}.tar");
            await Shell.RunAsync("docker", "export", "--output", tar, id);
            var files = (await Shell.RunAsync("tar", "--list", "--file", tar)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            File.Delete(tar);
            return files;
        }
        finally
        {
            TestSystem.Docker.Remove(id);
        }
    }
}
