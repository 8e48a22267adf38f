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
/// Builds a copy of this tree against packages with the complete public API of the official AWS packages, and runs the tests that need only
/// their classes. These packages are kept in a separate folder: none of them may remain where an ordinary build would mistake it for an official one.
/// </summary>
public sealed class SdkCheck(BuildContext context, SdkCheckFolder folder, CancellationToken stop)
{
    /// <summary>The category of fixtures that use classes of the SDK but none of its behavior.</summary>
    public const string Category = "Sdk";

    private static readonly IReadOnlyDictionary<string, Assembly> StandIns = new[]
    {
        typeof(IAmazonApplicationAutoScaling), typeof(IAmazonCloudWatchLogs), typeof(IAmazonECR), typeof(IAmazonECS), typeof(IAmazonSageMaker), typeof(IAmazonSecretsManager),
    }.ToDictionary(client => client.Assembly.GetName().Name!, client => client.Assembly);

    /// <summary>The listed packages that this program was itself built with in the official form: if all are, there is nothing to check.</summary>
    public static IReadOnlyList<string> Official => [.. SdkService.All.Select(service => service.Package).Except(BuildIdentity.StandInsOf(typeof(SdkCheck).Assembly))];

    /// <exception cref="SlipwayException">It does not compile, or tests fail.</exception>
    public void Run()
    {
        var botocore = Botocore.Newest ?? throw new SlipwayException($"botocore is not installed, which has the service definitions that the packages are generated from. {Botocore.InstallHint}");
        var packages = new SurfacePackages(folder.Packages, SurfacePackages.PinsIn(context.Paths.PackageVersions));
        context.Report.Step($"Generate packages with the official public API from the definitions of botocore {botocore.Version}", step =>
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
