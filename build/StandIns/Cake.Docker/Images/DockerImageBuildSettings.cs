namespace Cake.Docker;

/// <summary>The options of docker build that are in use.</summary>
public sealed class DockerImageBuildSettings : AutoToolSettings
{
    public string[] BuildArg { get; set; } = null!;

    public string File { get; set; } = null!;

    public bool? ForceRm { get; set; }

    public string Iidfile { get; set; } = null!;

    public string[] Label { get; set; } = null!;

    public bool? NoCache { get; set; }

    public string Platform { get; set; } = null!;

    public bool? Pull { get; set; }

    public bool? Quiet { get; set; }

    [AutoProperty(Format = Constants.BoolWithTrueDefaultFormat)]
    public bool? Rm { get; set; }

    public string[] Tag { get; set; } = null!;

    public string Target { get; set; } = null!;
}
