namespace Cake.Docker;

public sealed class DockerImageTagSettings : AutoToolSettings;
