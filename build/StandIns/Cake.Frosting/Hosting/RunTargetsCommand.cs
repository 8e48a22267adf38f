using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

internal sealed class RunTargetsCommand(IServiceCollection services) : Command<RunTargetsSettings>
{
    public override int Execute(CommandContext context, RunTargetsSettings settings, CancellationToken cancellationToken)
    {
        services.AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.Targets));
        using var provider = services.BuildServiceProvider();
        try
        {
            Run(provider, settings);
            return 0;
        }
        catch (Exception exception)
        {
            // the exit code in a CakeException, or else 1
            return provider.GetRequiredService<ICakeLog>().LogException(exception);
        }
    }

    private static void Run(ServiceProvider provider, RunTargetsSettings settings)
    {
        if (settings.Version)
        {
            provider.GetRequiredService<VersionFeature>().Run(provider.GetRequiredService<IConsole>());
            return;
        }

        if (settings.Info)
        {
            provider.GetRequiredService<InfoFeature>().Run(provider.GetRequiredService<IConsole>());
            return;
        }

        // before the configuration is read from the working directory
        EnterWorkingDirectory(provider, settings);
        provider.GetRequiredService<ICakeLog>().Verbosity = provider.GetRequiredService<ICakeConfiguration>().GetVerbosity(settings.Verbosity);
        var host = ChooseHost(provider, settings);
        if (settings.Exclusive)
            host.Settings.UseExclusiveTarget();
        provider.GetRequiredService<TaskRegistration>().Register();
        host.RunTargets(settings.Targets);
    }

    private static void EnterWorkingDirectory(ServiceProvider provider, RunTargetsSettings settings)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var folder = (settings.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path ?? environment.WorkingDirectory)
            .MakeAbsolute(environment);
        if (!provider.GetRequiredService<IFileSystem>().Exist(folder))
            throw new FrostingException($"The working directory '{folder.FullPath}' does not exist.");
        environment.WorkingDirectory = folder;
    }

    private static ScriptHost ChooseHost(ServiceProvider provider, RunTargetsSettings settings) => settings switch
    {
        { DryRun: true } => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
        { Tree: true } => provider.GetRequiredService<TreeScriptHost>(),
        { Description: true } => provider.GetRequiredService<DescriptionScriptHost>(),
        _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
    };
}
