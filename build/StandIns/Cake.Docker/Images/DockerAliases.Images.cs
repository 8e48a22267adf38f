using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    [CakeMethodAlias]
    public static void DockerBuild(this ICakeContext context, DockerImageBuildSettings? settings, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var quoted = path.Trim() is ['"', .., '"'] ? path : $"\"{path}\"";
        Runner<DockerImageBuildSettings>(context).Run("image build", settings ?? new DockerImageBuildSettings(), [quoted]);
    }

    [CakeMethodAlias]
    public static void DockerTag(this ICakeContext context, string imageReference, string registryReference)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageReference);
        ArgumentException.ThrowIfNullOrEmpty(registryReference);
        Runner<DockerImageTagSettings>(context).Run("tag", new DockerImageTagSettings(), [imageReference, registryReference]);
    }

    [CakeMethodAlias]
    public static void DockerPush(this ICakeContext context, DockerImagePushSettings? settings, string imageReference)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageReference);
        Runner<DockerImagePushSettings>(context).Run("push", settings ?? new DockerImagePushSettings(), [imageReference]);
    }

    [CakeMethodAlias]
    public static void DockerPull(this ICakeContext context, DockerImagePullSettings? settings, string imageReference)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageReference);
        Runner<DockerImagePullSettings>(context).Run("pull", settings ?? new DockerImagePullSettings(), [imageReference]);
    }

    [CakeMethodAlias]
    public static void DockerSave(this ICakeContext context, DockerImageSaveSettings? settings, params string[] images) =>
        Runner<DockerImageSaveSettings>(context).Run("save", settings ?? new DockerImageSaveSettings(), NotEmpty(images));

    [CakeMethodAlias]
    public static void DockerRemove(this ICakeContext context, DockerImageRemoveSettings? settings, params string[] images) =>
        Runner<DockerImageRemoveSettings>(context).Run("rmi", settings ?? new DockerImageRemoveSettings(), NotEmpty(images));
}
