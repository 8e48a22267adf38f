using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    /// <returns>The first line of the output; for a detached container, its id.</returns>
    [CakeMethodAlias]
    public static string? DockerRun(
        this ICakeContext context, DockerContainerRunSettings? settings, string image, string command, params string[] args) =>
        Runner<DockerContainerRunSettings>(context)
            .RunWithResult("run", settings ?? new DockerContainerRunSettings(), lines => lines.ToArray(), Words(image, command, args))
            .FirstOrDefault();

    [CakeMethodAlias]
    public static void DockerRunWithoutResult(
        this ICakeContext context, DockerContainerRunSettings? settings, string image, string command, params string[] args) =>
        Runner<DockerContainerRunSettings>(context).Run("run", settings ?? new DockerContainerRunSettings(), Words(image, command, args));

    [CakeMethodAlias]
    public static void DockerStop(this ICakeContext context, DockerContainerStopSettings? settings, params string[] containers) =>
        Runner<DockerContainerStopSettings>(context).Run("stop", settings ?? new DockerContainerStopSettings(), NotEmpty(containers));

    [CakeMethodAlias]
    public static void DockerRm(this ICakeContext context, DockerContainerRmSettings? settings, params string[] containers) =>
        Runner<DockerContainerRmSettings>(context).Run("rm", settings ?? new DockerContainerRmSettings(), NotEmpty(containers));

    /// <returns>What the container wrote to its standard output.</returns>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerLogs(this ICakeContext context, DockerContainerLogsSettings? settings, string container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return Runner<DockerContainerLogsSettings>(context)
            .RunWithResult("logs", settings ?? new DockerContainerLogsSettings(), lines => lines.ToArray(), container);
    }

    // without a command there are no arguments to it
    private static string[] Words(string image, string command, string[] args)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        return string.IsNullOrEmpty(command) ? [image] : [image, command, .. args];
    }
}
