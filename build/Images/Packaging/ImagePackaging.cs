using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.Docker;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Images.Packaging;

/// <summary>Builds the images of this tree: publishes the programs, assembles each build context, and lets the engine build images that it does not have yet.</summary>
/// <param name="root">The root of the repository.</param>
public sealed class ImagePackaging(string root, DotNetTool dotnet, DockerTool docker, BaseImages bases, ReleaseFiles files, TimeProvider time)
{
    public const string ContentLabel = "dev.slipway.content";
    public const string DirtyLabel = "dev.slipway.dirty";

    /// <summary>Idempotent.</summary>
    public async Task<ReleaseRecord> PackageAsync(ImageTag tag, IProgressReport report)
    {
        docker.RequireEngine();
        var before = files.Find();
        var published = await report.StepAsync("Publish the programs of the images", step => Task.Run(() => Publish(tag.Platform, step)));
        var images = new List<ReleaseImage>();
        foreach (var recipe in ImageRecipe.All)
            images.Add(await report.StepAsync($"Package the {recipe.Name} image", step => Task.Run(() => Package(recipe, tag, published, before, step))));
        Directory.Delete(published, recursive: true);

        if (before is not null && before.Images.SequenceEqual(images))
            return before;
        var release = new ReleaseRecord(tag.ToString(), tag.Version, tag.Source, time.GetUtcNow(), images);
        files.Save(release);
        return release;
    }

    // all by one command: each would evaluate the projects that they share again
    private string Publish(ImagePlatform platform, IProgressStep step)
    {
        var published = files.At("published");
        if (Directory.Exists(published))
            Directory.Delete(published, recursive: true);
        dotnet.PublishForImages(Path.Combine(root, ImageRecipe.Publishing), published, platform, step.Now);
        return published;
    }

    private ReleaseImage Package(ImageRecipe recipe, ImageTag tag, string published, ReleaseRecord? before, IProgressStep step)
    {
        var dockerfile = Path.Combine(root, recipe.Dockerfile);
        var text = File.ReadAllText(dockerfile);
        var arguments = bases.Of(recipe, File.ReadAllText(Path.Combine(root, BaseImages.Pins)));
        var context = Collect(recipe, published);
        var content = context.Content([text, .. arguments.Values.Select(reference => $"{reference} {IdOf(reference, step)}")]);

        var reference = $"slipway/{recipe.Name}:{tag}";
        var old = docker.FindImage(reference);
        var kept = old?.Labels.GetValueOrDefault(ContentLabel) == content;
        if (!kept)
        {
            step.Now("docker build");
            docker.Build(new(context.Folder, dockerfile, reference, arguments, Labels(recipe, tag, arguments, content), tag.Platform), step.Now);
            if (old is not null)
                docker.RemoveImage(old.Id);
        }

        var image = docker.FindImage(reference) ?? throw new SlipwayException($"The engine built {reference} but no longer has it. Something else may have removed it; try again.");
        step.Note($"{reference} {image.Size / 1e6:0} MB{(kept ? ", unchanged" : "")}");
        var made = new ReleaseImage(recipe.Name, reference, image.Id, content, arguments[recipe.Bases[0]], image.Size);
        // what is recorded about this exact image is still valid
        return before?.Images.FirstOrDefault(one => one.Name == recipe.Name) is { } known && known.Id == image.Id
            ? made with { Scan = known.Scan, Pushed = known.Pushed, BuiltElsewhere = known.BuiltElsewhere }
            : made;
    }

    private ImageContext Collect(ImageRecipe recipe, string published)
    {
        var context = new ImageContext(files.At(recipe.Name));
        context.Clear();
        foreach (var project in recipe.Projects)
            context.Add(Path.Combine(published, Path.GetFileName(project)), recipe.Words);
        return context;
    }

    // a digest is unambiguous; any other name means the image that the engine has for it, so it has to exist
    private string IdOf(string reference, IProgressStep step)
    {
        if (reference.Contains("@sha256:", StringComparison.Ordinal))
            return "";
        if (docker.FindImage(reference) is null)
            docker.PullBase(reference, step.Now);
        return docker.FindImage(reference)?.Id ?? "";
    }

    private static Dictionary<string, string> Labels(ImageRecipe recipe, ImageTag tag, IReadOnlyDictionary<string, string> bases, string content)
    {
        var runtime = bases[recipe.Bases[0]].Split('@');
        var labels = new Dictionary<string, string>
        {
            ["org.opencontainers.image.title"] = recipe.Title,
            ["org.opencontainers.image.version"] = tag.Version,
            ["org.opencontainers.image.revision"] = tag.Source.Commit,
            ["org.opencontainers.image.base.name"] = runtime[0],
            [ContentLabel] = content,
            [DirtyLabel] = tag.Source.Dirty ? "true" : "false",
        };
        if (runtime is [_, var digest])
            labels["org.opencontainers.image.base.digest"] = digest;
        return labels;
    }
}
