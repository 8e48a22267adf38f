using System.Reflection;
using Amazon.ApplicationAutoScaling;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.SageMaker;
using Amazon.SecretsManager;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.TestReports;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Sdk;

/// <summary>
/// Builds a copy of this tree with packages that have everything public of the official AWS packages, and runs the tests that need no more than
/// their classes. Its packages are kept in a folder of their own: nothing of them may stay where an ordinary build would take it for official.
/// </summary>
public sealed class SdkCheck(BuildContext context, SdkCheckFolder folder, CancellationToken stop)
{
    /// <summary>Of fixtures that use classes of the SDK and none of its behavior.</summary>
    public const string Category = "Sdk";

    private static readonly IReadOnlyDictionary<string, Assembly> StandIns = new[]
    {
        typeof(IAmazonApplicationAutoScaling), typeof(IAmazonCloudWatchLogs), typeof(IAmazonECR), typeof(IAmazonECS), typeof(IAmazonSageMaker), typeof(IAmazonSecretsManager),
    }.ToDictionary(client => client.Assembly.GetName().Name!, client => client.Assembly);

    /// <summary>What of the list this program itself was built with in the official form: with all of them there is nothing to compare.</summary>
    public static IReadOnlyList<string> Official => [.. SdkService.All.Select(service => service.Package).Except(BuildIdentity.StandInsOf(typeof(SdkCheck).Assembly))];

    /// <exception cref="SlipwayException">It does not compile, or tests fail.</exception>
    public void Run()
    {
        var botocore = Botocore.Newest ?? throw new SlipwayException($"There is no botocore, which carries the definitions that the packages are made from. {Botocore.HowToInstall}");
        var packages = new SurfacePackages(folder.Packages, SurfacePackages.PinsIn(context.Paths.PackageVersions));
        context.Report.Step($"Make packages with the classes of the official ones, from the definitions of botocore {botocore.Version}", step =>
        {
            packages.Write(botocore, StandIns);
            DotNet(step, "dotnet build Surface.proj", folder.Packages, null, "build", packages.Project);
        });
        context.Report.Step("Build the solution with them", step =>
        {
            folder.Fill(context.Paths, context.Git.Files(), packages.Feed, BuildIdentity.StandInsOf(typeof(SdkCheck).Assembly).Except(SdkService.All.Select(service => service.Package)));
            DotNet(step, "dotnet build", folder.Tree, folder.Cache, "build", new Paths(folder.Tree, folder.Tree).Solution, "--configuration", DotNetTool.Configuration, "-p:StandIns=none");
        });
        foreach (var project in TestProject.In(new Paths(folder.Tree, folder.Tree).Solution).Where(project => UsesSdk(Path.GetDirectoryName(project.Path)!)))
            context.Report.Step($"Test {project.Name} with them", step =>
                DotNet(step, $"dotnet test {project.Name}", folder.Tree, folder.Cache, "test", project.Path, "--configuration", DotNetTool.Configuration, "--no-build", "--filter", $"TestCategory={Category}"));
    }

    private static bool UsesSdk(string project) =>
        Directory.EnumerateFiles(project, "*Tests.cs", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains($"[Category(\"{Category}\")]", StringComparison.Ordinal));

    private void DotNet(IProgressStep step, string what, string workingFolder, string? cache, params string[] arguments)
    {
        var output = context.DotNet.RunApart(workingFolder, cache, [.. arguments, "-nologo", "-v:minimal"], step.Now, stop);
        output.ThrowIfBuildFailed(what, folder.Tree);
    }
}
