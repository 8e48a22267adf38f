using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

/// <summary>The commands of docker that are in use, each an alias.</summary>
[CakeAliasCategory("Docker")]
public static partial class DockerAliases
{
    /// <summary>Any command: its name, a space, and its arguments.</summary>
    /// <returns>Its output.</returns>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerCustomCommand(this ICakeContext context, DockerCustomCommandSettings settings, string command)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentException.ThrowIfNullOrEmpty(command);
        var space = command.IndexOf(' ', StringComparison.Ordinal);
        var (name, arguments) = space < 0 ? (command, "") : (command[..space], command[space..]);
        return Runner<DockerCustomCommandSettings>(context).RunWithResult(name, settings, lines => lines.ToArray(), arguments);
    }

    private static GenericDockerRunner<TSettings> Runner<TSettings>(ICakeContext context)
        where TSettings : AutoToolSettings, new()
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools);
    }

    private static string[] NotEmpty(string[] names) => names is { Length: > 0 } ? names : throw new ArgumentNullException(nameof(names));
}

public sealed class DockerCustomCommandSettings : AutoToolSettings;
