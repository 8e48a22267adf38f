using System.Text.RegularExpressions;
using Slipway.Build.Sdk;

namespace Slipway.Build.Tests.Sdk;

public sealed partial class SdkCheckTests
{
    private static readonly string[] Projects = ["Automation", "Build", "Lambda"];

    // a fixture without the category is not run with the classes of the official packages
    [Test]
    public void EveryFixtureThatUsesAListedPackageIsPartOfTheCheck() => Assert.That(
        Projects.SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", project), "*Tests.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(file) is var text && UsesAListedPackage().IsMatch(text) && !text.Contains($"[Category(\"{SdkCheck.Category}\")]", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void CopiesTheTreeAndForgetsWhatIsGone()
    {
        using var fixture = new Folders();
        fixture.Write("a.cs", "1");
        fixture.Write("sub/b.cs", "2");
        fixture.Fill("a.cs", "sub/b.cs");
        var written = File.GetLastWriteTimeUtc(fixture.Copied("a.cs"));
        fixture.Write("sub/b.cs", "3");
        fixture.Fill("a.cs", "sub/b.cs", "deleted/but/still/known.cs");

        Assert.That(File.ReadAllText(fixture.Copied("sub/b.cs")), Is.EqualTo("3"));
        Assert.That(File.GetLastWriteTimeUtc(fixture.Copied("a.cs")), Is.EqualTo(written), "what did not change is not compiled again");

        fixture.Fill("a.cs");
        Assert.That(File.Exists(fixture.Copied("sub/b.cs")), Is.False);
        Assert.That(File.ReadAllText(fixture.Copied("obj/standins.props")), Does.Contain("<StandInPackages>Cake.Docker</StandInPackages>"));
    }

    [Test]
    public void KeepsItsPackagesOutOfThePersonsCache()
    {
        using var fixture = new Folders();
        fixture.Fill();

        Assert.That(Directory.EnumerateFileSystemEntries(fixture.Folder.Cache).Select(Path.GetFileName), Has.None.StartsWith("awssdk.ecs").And.None.StartsWith("awssdk.sagemaker"));
    }

    [Test]
    public void MakesClassesThatNeitherHideNorMissWhatTheyNeed()
    {
        var surface = new SdkSurface(
            new SurfaceType[]
            {
                new("List", SurfaceKind.Structure, new Dictionary<string, string> { ["default"] = "List<string>" }),
                new("PaintRequest", SurfaceKind.Request, new Dictionary<string, string> { ["Color"] = "Color", ["Notes"] = "Document" }),
                new("PaintResponse", SurfaceKind.Response, new Dictionary<string, string> { ["HttpStatusCode"] = "int?" }),
                new("Color", SurfaceKind.Constant, new Dictionary<string, string> { ["LightRed"] = "light-red" }),
            }.ToDictionary(type => type.Name), ["Paint"], []);

        var source = SurfaceSource.Of(new("paint", "Paint"), surface);

        Assert.That(source, Does.Contain("public global::System.Collections.Generic.List<string> @default"));
        Assert.That(source, Does.Contain("public global::Amazon.Runtime.Documents.Document @Notes"));
        Assert.That(source, Does.Contain("public new int? @HttpStatusCode"));
        Assert.That(source, Does.Contain("public static readonly Color @LightRed = new Color(\"light-red\");"));
        Assert.That(source, Does.Contain("public virtual global::System.Threading.Tasks.Task<global::Amazon.Paint.Model.PaintResponse> PaintAsync(global::Amazon.Paint.Model.PaintRequest request, "));
    }

    [Test]
    public void CompletesOldDefinitionsWithWhatTheStandInsHave()
    {
        var old = new SdkSurface(new Dictionary<string, SurfaceType> { ["Bucket"] = new("Bucket", SurfaceKind.Structure, new Dictionary<string, string> { ["Size"] = "int?" }) }, ["Paint"], []);
        var standIn = new SdkSurface(
            new Dictionary<string, SurfaceType>
            {
                ["Bucket"] = new("Bucket", SurfaceKind.Structure, new Dictionary<string, string> { ["Size"] = "int?", ["Lid"] = "string" }),
                ["Brush"] = new("Brush", SurfaceKind.Structure, new Dictionary<string, string>()),
            }, ["Paint", "Dry"], []);

        var both = old.With(standIn);

        Assert.That(both.Types.Keys, Is.EquivalentTo(new[] { "Bucket", "Brush" }));
        Assert.That(both.Types["Bucket"].Members.Keys, Is.EquivalentTo(new[] { "Size", "Lid" }));
        Assert.That(both.Operations, Is.EqualTo(new[] { "Paint", "Dry" }));
    }

    [GeneratedRegex(@"^using Amazon\.(ApplicationAutoScaling|CloudWatchLogs|ECR|ECS|SageMaker|SecretsManager)\b", RegexOptions.Multiline)]
    private static partial Regex UsesAListedPackage();

    private sealed class Folders : IDisposable
    {
        private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("slipway-sdk-");

        public SdkCheckFolder Folder => new(Path.Combine(_temp.FullName, "check"));

        private string Root => Path.Combine(_temp.FullName, "repository");

        public string Copied(string file) => Path.Combine(Folder.Tree, file);

        public void Write(string file, string text)
        {
            var path = Path.Combine(Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        public void Fill(params string[] files) => Folder.Fill(new(Root, Root), files, "/feed", ["Cake.Docker"]);

        public void Dispose() => TestFolder.Remove(_temp);
    }
}
