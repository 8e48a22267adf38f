using Cake.Core;
using Cake.Core.Configuration;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Infra;
using Slipway.Build.Images.Pushing;

namespace Slipway.Build;

/// <summary>One start of the build: the command line, the caller's directory, and the state of the repository.</summary>
public sealed record Invocation(Paths Paths, CommandLine CommandLine, Settings Settings, TargetCatalog Targets, RepositoryFacts Facts)
{
    /// <exception cref="UsageException">The command line or cake.config is invalid.</exception>
    public static Invocation Create(Paths paths, IEnumerable<string> args)
    {
        var line = CommandLineParser.Parse(args);
        var targets = TargetCatalog.Of(typeof(Invocation).Assembly);
        var configuration = ReadConfiguration(paths, line);
        var facts = new RepositoryFacts(ModelsUnder(paths.Models), [EnvironmentList.Local, .. EnvironmentList.Split(configuration.GetValue(SettingKeys.AwsEnvironments.Name) ?? "")]);
        if (new ArgumentValidator(targets, facts).FirstProblem(line) is { } problem)
            throw new UsageException(problem);

        var settings = Settings.Read(configuration, facts);
        if (!line.OnlyDescribes && line.Targets.Any(name => targets.Find(name)?.Arguments.Contains(Arguments.Registry) == true)
            && ImageDestination.Problem(line.Value(Arguments.Environment) ?? settings.Environment, settings.Aws, line.Value(Arguments.Registry)) is { } nowhere)
            throw new UsageException(nowhere);
        // now, and not only when the targets before it have run
        if (!line.OnlyDescribes && line.Targets.Any(name => targets.Find(name)?.Arguments.Contains(Arguments.AwsEnvironment) == true)
            && line.Value(Arguments.AwsEnvironment) is { } environment && settings.Aws.TryGetValue(environment, out var aws))
            InfraSource.Of(environment, aws, paths, paths.EnvironmentFolder(environment));
        return new Invocation(paths, line, settings, targets, facts);
    }

    private static string[] ModelsUnder(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "model.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!))
            .Order(StringComparer.Ordinal)]
        : [];

    // the same reader as Cake's host, which starts later: an invalid setting counts as invalid usage, and is reported first
    private static ICakeConfiguration ReadConfiguration(Paths paths, CommandLine line)
    {
        var provider = new CakeConfigurationProvider(
            new Cake.Core.IO.FileSystem(), new CakeEnvironment(new CakePlatform(), new CakeRuntime()));
        try
        {
            return provider.CreateConfiguration(paths.Root, line.Settings().ToDictionary());
        }
        catch (InvalidOperationException exception)
        {
            throw new UsageException($"{paths.Settings} cannot be read: {exception.Message}");
        }
    }
}
