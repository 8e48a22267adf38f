using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images;
using Slipway.Build.Images.Packaging;
using Slipway.Build.Images.Releases;
using Slipway.Containers.Tests.TestSystems;

namespace Slipway.Containers.Tests.Pushing;

/// <summary>Packaged images of a few bytes, for tests that do not depend on their contents.</summary>
internal static class SmallImages
{
    public const string Canary = "dev.slipway.canary";

    /// <param name="canary">The severity of the finding in them; null for none.</param>
    public static ReleaseRecord Package(string tag, string? canary = null) => new(
        tag, "0.0.0", new("containertests", Dirty: false), TimeProvider.System.GetUtcNow(), [.. ImageName.All.Select(name => Package(name, tag, canary))]);

    private static ReleaseImage Package(string name, string tag, string? canary)
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestSystem.Folder, $"small-{Guid.NewGuid():n}")).FullName;
        var (dockerfile, local, content) = (Path.Combine(folder, "Dockerfile"), $"slipway/{name}:{tag}", $"content of {name} {tag}");
        File.WriteAllText(dockerfile, "FROM scratch\nCOPY content /content\n");
        File.WriteAllText(Path.Combine(folder, "content"), content);
        var labels = new Dictionary<string, string> { [ImagePackaging.ContentLabel] = content };
        if (canary is not null)
            labels[Canary] = canary;
        TestSystem.Docker.Build(new(folder, dockerfile, local, new Dictionary<string, string>(), labels, ImagePlatform.X64));
        var image = TestSystem.Docker.FindImage(local)!;
        return new(name, local, image.Id, content, "scratch", image.Size);
    }
}
