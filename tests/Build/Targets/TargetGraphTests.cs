using System.Reflection;
using System.Text.Json;
using Slipway.Build.Cli;
using Slipway.Build.Tasks;

namespace Slipway.Build.Tests.Targets;

public sealed class TargetGraphTests
{
    private static readonly Assembly Program = typeof(BuildContext).Assembly;
    private static readonly Type[] Tasks = [.. Program.GetTypes().Where(t => typeof(IFrostingTask).IsAssignableFrom(t))];

    [TestCaseSource(nameof(Tasks))]
    public void EveryTaskIsFoundByTheHost(Type task)
    {
        Assert.That(task.IsVisible, Is.True, "the host only takes exported classes");
        Assert.That(task.IsSealed, Is.True);
        Assert.That(task.IsSubclassOf(typeof(FrostingTask<BuildContext>)) || task.IsSubclassOf(typeof(AsyncFrostingTask<BuildContext>)), Is.True);
    }

    [TestCaseSource(nameof(Tasks))]
    public void EveryTaskIsNamedByItsClass(Type task) =>
        Assert.That(task.GetCustomAttribute<TaskNameAttribute>(), Is.Null);

    [TestCaseSource(nameof(Tasks))]
    public void EveryTaskSaysInOneSentenceWhatItDoes(Type task)
    {
        var description = task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description;
        Assert.That(description, Does.Match(@"^[A-Z][^\n]*\.$"));
    }

    [TestCaseSource(nameof(Tasks))]
    public void EveryDependencyIsATaskOfThisBuild(Type task) =>
        Assert.That(task.GetCustomAttributes<IsDependentOnAttribute>().Select(a => a.Task), Is.SubsetOf(Tasks));

    // overriding OnError swallows the failure
    [TestCaseSource(nameof(Tasks))]
    public void NoTaskSwallowsItsFailure(Type task)
    {
        Assert.That(task.GetMethod("OnError")!.DeclaringType, Is.Not.EqualTo(task));
        Assert.That(task.GetCustomAttribute<ContinueOnErrorAttribute>(), Is.Null);
    }

    [Test]
    public void NoTaskDependsOnItself()
    {
        foreach (var task in Tasks)
            Assert.That(Reachable(task), Does.Not.Contain(task));
    }

    [Test]
    public void TestBuildsFirstAndVerifyTestsFirst()
    {
        var catalog = TargetCatalog.Of(Program);
        Assert.That(catalog.Find("Test")!.DependsOn, Is.EqualTo(new[] { "Build" }));
        Assert.That(catalog.Find("Verify")!.DependsOn, Is.EqualTo(new[] { "Test", "Format", "LintWorkflows" }));
        Assert.That(catalog.Find("Verify")!.Arguments, Does.Contain(Arguments.Skipped), "a target takes the arguments of those that it depends on");
    }

    /// <summary>Deployments must not wait for tests to compile.</summary>
    [Test]
    public void OnlyChecksCompileTheTests() =>
        Assert.That(
            Tasks.Where(task => Reachable(task).Contains(typeof(Slipway.Build.Tasks.Build))).Select(task => task.Name),
            Is.EquivalentTo(new[] { nameof(Slipway.Build.Tasks.Test), nameof(Verify) }));

    [Test]
    public void AReleaseIsMadeOfNoTests()
    {
        var release = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "Slipway.Release.slnf"))).RootElement.GetProperty("solution");
        var projects = release.GetProperty("projects").EnumerateArray().Select(project => project.GetString()!).ToList();

        Assert.That(release.GetProperty("path").GetString(), Is.EqualTo("Slipway.slnx"));
        Assert.That(projects, Is.SupersetOf(new[] { "training/Trainer/Trainer.csproj", "inference/Server/Server.csproj", "gateway/Proxy/Proxy.csproj" }));
        Assert.That(projects, Has.None.StartsWith("tests/"));
    }

    [Test]
    public void TheListNamesEveryTargetAndArgument()
    {
        using var output = new StringWriter();
        var catalog = TargetCatalog.Of(Program);
        TargetList.Write(output, catalog);

        foreach (var target in catalog.Targets)
        {
            Assert.That(output.ToString(), Does.Contain($"{target.Name}: {target.Description}"));
            foreach (var argument in target.Arguments)
                Assert.That(output.ToString(), Does.Contain(argument.ToString()));
        }
    }

    [Test]
    public void NoArgumentHasTheNameOfACakeSwitchButVersion() =>
        Assert.That(
            Arguments.All.Where(argument => CakeSwitches.All.Any(known => known.Matches(argument.Flag))),
            Is.EqualTo(new[] { Arguments.Version }));

    private static HashSet<Type> Reachable(Type task)
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>([task]);
        while (open.TryDequeue(out var next))
        {
            foreach (var dependency in next.GetCustomAttributes<IsDependentOnAttribute>().Select(a => a.Task))
            {
                if (found.Add(dependency))
                    open.Enqueue(dependency);
            }
        }

        return found;
    }
}
