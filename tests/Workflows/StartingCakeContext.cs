using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Slipway.Workflows.Tests;

/// <summary>A Cake context that starts programs of the PATH, and no more.</summary>
internal sealed class StartingCakeContext : ICakeContext
{
    public StartingCakeContext()
    {
        var configuration = new CakeConfiguration(new Dictionary<string, string>());
        Tools = new ToolLocator(Environment, new ToolRepository(Environment), new ToolResolutionStrategy(FileSystem, Environment, new Globber(FileSystem, Environment), configuration, Log));
        ProcessRunner = new ProcessRunner(FileSystem, Environment, Log, Tools, configuration);
    }

    public IFileSystem FileSystem { get; } = new FileSystem();

    public ICakeEnvironment Environment { get; } = new CakeEnvironment(new CakePlatform(), new CakeRuntime());

    public ICakeLog Log { get; } = new NullLog();

    public IToolLocator Tools { get; }

    public IProcessRunner ProcessRunner { get; }

    public IGlobber Globber => throw NotNeeded();

    public ICakeArguments Arguments => throw NotNeeded();

    public Cake.Core.IO.IRegistry Registry => throw NotNeeded();

    public ICakeDataResolver Data => throw NotNeeded();

    public ICakeConfiguration Configuration => throw NotNeeded();

    private static NotSupportedException NotNeeded() => new("no tool under test needs this");
}
