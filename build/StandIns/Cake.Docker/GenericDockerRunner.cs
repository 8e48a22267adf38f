using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Runs one docker command with its settings.</summary>
public class GenericDockerRunner<TSettings>(IFileSystem fileSystem, ICakeEnvironment environment, IProcessRunner processRunner, IToolLocator tools)
    : DockerTool<TSettings>(fileSystem, environment, processRunner, tools)
    where TSettings : AutoToolSettings, new()
{
    public void Run(string command, TSettings settings, string[] additional)
    {
        Check(command, settings);
        ArgumentNullException.ThrowIfNull(additional);
        Run(settings, GetArguments(command, settings, additional));
    }

    public T[] RunWithResult<T>(string command, TSettings settings, Func<IEnumerable<string>, T[]> processOutput, params string[] arguments)
    {
        Check(command, settings);
        ArgumentNullException.ThrowIfNull(processOutput);
        T[] result = [];
        Run(
            settings, GetArguments(command, settings, arguments), new ProcessSettings { RedirectStandardOutput = true },
            process => result = processOutput(process.GetStandardOutput()));
        return result;
    }

    private static void Check(string command, TSettings settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(settings);
    }

    private static ProcessArgumentBuilder GetArguments(string command, TSettings settings, string[] additional)
    {
        var builder = new ProcessArgumentBuilder();
        builder.AppendAll(command, settings, additional);
        return builder;
    }
}
