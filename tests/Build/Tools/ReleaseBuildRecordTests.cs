using Slipway.Build.Tools;

namespace Slipway.Build.Tests.Tools;

public sealed class ReleaseBuildRecordTests
{
    private const string Assembly = "gateway/Proxy/bin/Release/net10.0/Proxy.dll";

    private DirectoryInfo _root = null!;

    private ReleaseBuildRecord Record => new(new(_root.FullName, _root.FullName), "a commit");

    [SetUp]
    public void Build()
    {
        _root = Directory.CreateTempSubdirectory("slipway-record-");
        Write("Slipway.Release.slnf", """{ "solution": { "path": "Slipway.slnx", "projects": [ "gateway/Proxy/Proxy.csproj" ] } }""");
        Write("gateway/Proxy/Program.cs", "// the gateway");
        Write("training/models/cars/cars.csv", "mpg");
        Write(Assembly, "compiled");
        Record.Write(Record.Sources());
    }

    [TearDown]
    public void Remove() => TestFolder.Remove(_root);

    [Test]
    public void HoldsWhatWasBuilt() => Assert.That(Record.Holds(Record.Sources()), Is.True);

    [Test]
    public void DoesNotHoldAnotherCommit()
    {
        var other = new ReleaseBuildRecord(new(_root.FullName, _root.FullName), "another commit");

        Assert.That(other.Holds(other.Sources()), Is.False);
    }

    [TestCase("gateway/Proxy/Program.cs")]
    [TestCase("gateway/Proxy/Untracked.cs")]
    [TestCase("training/models/cars/CarTrainer.cs")]
    [TestCase("build/StandIns/AWSSDK.ECS/Client.cs")]
    [TestCase("Directory.Packages.props")]
    [TestCase("obj/standins.props")]
    [TestCase(Assembly)]
    [TestCase("gateway/Proxy/bin/Release/net10.0/another-file.dll")]
    public void DoesNotHoldOnceThisChanges(string file)
    {
        Write(file, "changed since");

        Assert.That(Record.Holds(Record.Sources()), Is.False);
    }

    [Test]
    public void DoesNotHoldOnceTheOutputIsGone()
    {
        TestFolder.Remove(Path.Combine(_root.FullName, "gateway/Proxy/bin"));

        Assert.That(Record.Holds(Record.Sources()), Is.False);
    }

    [TestCase("notes.txt")]
    [TestCase("tests/Gateway/NewTests.cs")]
    [TestCase("training/models/cars/cars.csv")]
    [TestCase("training/models/cars/model.json")]
    [TestCase("gateway/Proxy/obj/project.assets.json")]
    public void IsTrueWhateverElseIsInTheTree(string file)
    {
        Write(file, "not part of the release");

        Assert.That(Record.Holds(Record.Sources()), Is.True);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
