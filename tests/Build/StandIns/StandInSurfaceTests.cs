using System.Reflection;
using Slipway.Build.Cli;
using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.StandIns;

/// <summary>The stand-in may lack members of the official package, but never have one that the package lacks.</summary>
public sealed class StandInSurfaceTests
{
    // the public members of Cake.Frosting 7.0.0, by type, as far as the stand-in can have them
    private static readonly Dictionary<string, string[]> Official = new()
    {
        ["AsyncFrostingTask"] = [".ctor()"],
        ["AsyncFrostingTask`1"] = [".ctor()", "RunAsync(T)", "ShouldRun(T)", "OnError(Exception, T)", "Finally(T)"],
        ["CakeHost"] = [".ctor()", "Create()", "AddAssembly(Assembly)", "ConfigureServices(Action`1)", "Run(IEnumerable`1)"],
        ["CakeHostExtensions"] =
        [
            "UseStartup(CakeHost)", "UseContext(CakeHost)", "UseLifetime(CakeHost)", "UseSetup(CakeHost)", "UseTeardown(CakeHost)",
            "UseTaskLifetime(CakeHost)", "UseTaskSetup(CakeHost)", "UseTaskTeardown(CakeHost)", "UseModule(CakeHost)",
            "UsePackageInstaller(CakeHost)", "InstallTool(CakeHost, Uri)", "UseWorkingDirectory(CakeHost, DirectoryPath)",
            "UseCakeSetting(CakeHost, String, String)", "SetToolPath(CakeHost, DirectoryPath)",
        ],
        ["ContinueOnErrorAttribute"] = [".ctor()"],
        ["FrostingContext"] = [".ctor(ICakeContext)"],
        ["FrostingException"] = [".ctor(String)", ".ctor(String, Exception)"],
        ["FrostingLifetime"] = [".ctor()"],
        ["FrostingLifetime`1"] = [".ctor()", "Setup(TContext, ISetupContext)", "Teardown(TContext, ITeardownContext)"],
        ["FrostingSetup"] = [".ctor()"],
        ["FrostingSetup`1"] = [".ctor()", "Setup(TContext, ISetupContext)"],
        ["FrostingTask"] = [".ctor()"],
        ["FrostingTask`1"] = [".ctor()", "Run(T)", "ShouldRun(T)", "OnError(Exception, T)", "Finally(T)"],
        ["FrostingTaskLifetime"] = [".ctor()"],
        ["FrostingTaskLifetime`1"] = [".ctor()", "Setup(TContext, ITaskSetupContext)", "Teardown(TContext, ITaskTeardownContext)"],
        ["FrostingTeardown"] = [".ctor()"],
        ["FrostingTeardown`1"] = [".ctor()", "Teardown(TContext, ITeardownContext)"],
        ["IFrostingContext"] = [],
        ["IFrostingLifetime"] = [],
        ["IFrostingSetup"] = ["Setup(ICakeContext, ISetupContext)"],
        ["IFrostingStartup"] = ["Configure(IServiceCollection)"],
        ["IFrostingTask"] =
        [
            "RunAsync(ICakeContext)", "ShouldRun(ICakeContext)", "get_SkippedMessage()",
            "OnError(Exception, ICakeContext)", "Finally(ICakeContext)",
        ],
        ["IFrostingTeardown"] = ["Teardown(ICakeContext, ITeardownContext)"],
        ["IsDependeeOfAttribute"] = [".ctor(Type)", "get_Task()"],
        ["IsDependentOnAttribute"] = [".ctor(Type)", "get_Task()"],
        ["IToolInstaller"] = ["Install(PackageReference)"],
        ["TaskDescriptionAttribute"] = [".ctor(String)", "get_Description()"],
        ["TaskNameAttribute"] = [".ctor(String)", "get_Name()"],
    };

    private static readonly Type[] Types = typeof(CakeHost).Assembly.GetExportedTypes();

    [TestCaseSource(nameof(Types))]
    public void HasNothingThatTheOfficialPackageLacks(Type type)
    {
        if (!BuildIdentity.StandInsOf(typeof(BuildContext).Assembly).Contains("Cake.Frosting"))
            Assert.Ignore($"{TrxReport.NotApplicableReason}the official Cake.Frosting is in use: there is no stand-in to compare with it.");

        Assert.That(type.Namespace, Is.EqualTo("Cake.Frosting"));
        Assert.That(Official.Keys, Does.Contain(type.Name));
        Assert.That(Members(type), Is.SubsetOf(Official[type.Name]));
    }

    [Test]
    public void NoticesAMemberThatIsNotOfficial() =>
        Assert.That(Members(typeof(CakeHostFixture)), Is.Not.SubsetOf(Official["CakeHost"]));

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .OfType<MethodBase>()
        .Where(member => member.IsPublic || member.IsFamily)
        .Select(member => $"{member.Name}({string.Join(", ", member.GetParameters().Select(p => p.ParameterType.Name))})");
}
