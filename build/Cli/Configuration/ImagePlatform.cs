namespace Slipway.Build.Cli.Configuration;

/// <summary>What images are built for.</summary>
/// <param name="Docker">The name in engines and container registries.</param>
/// <param name="Runtime">The name in .NET.</param>
/// <param name="Ecs">The CPU architecture, as named by ECS and in Terraform's 'architecture'.</param>
/// <param name="Suffix">The suffix of its images' tags: none for the platform that everything runs on, including SageMaker.</param>
public sealed record ImagePlatform(string Docker, string Runtime, string Ecs, string Suffix)
{
    public static ImagePlatform X64 { get; } = new("linux/amd64", "linux-x64", "X86_64", "");

    public static ImagePlatform Arm64 { get; } = new("linux/arm64", "linux-arm64", "ARM64", "-arm64");

    /// <summary>The processor architecture, by its name in container registries.</summary>
    public string Architecture => Docker.Split('/')[1];

    public static ImagePlatform Named(string docker) => docker == Arm64.Docker ? Arm64 : X64;

    /// <summary>The platform of the images with a tag.</summary>
    public static ImagePlatform OfTag(string tag) => tag.EndsWith(Arm64.Suffix, StringComparison.Ordinal) ? Arm64 : X64;
}
