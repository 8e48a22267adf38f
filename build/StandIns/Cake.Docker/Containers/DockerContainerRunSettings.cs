namespace Cake.Docker;

/// <summary>The options of docker run that are in use.</summary>
public sealed class DockerContainerRunSettings : AutoToolSettings
{
    public string[] CapDrop { get; set; } = null!;

    public ulong? Cpus { get; set; }

    public bool? Detach { get; set; }

    public string Entrypoint { get; set; } = null!;

    public string[] Env { get; set; } = null!;

    public string[] Label { get; set; } = null!;

    public string Memory { get; set; } = null!;

    public string MemorySwap { get; set; } = null!;

    public string[] Mount { get; set; } = null!;

    public string Name { get; set; } = null!;

    public string Network { get; set; } = null!;

    public bool? NoHealthcheck { get; set; }

    public long? PidsLimit { get; set; }

    public string Platform { get; set; } = null!;

    public string[] Publish { get; set; } = null!;

    public bool? ReadOnly { get; set; }

    public string Restart { get; set; } = null!;

    public bool? Rm { get; set; }

    public string[] SecurityOpt { get; set; } = null!;

    public string StopSignal { get; set; } = null!;

    public int? StopTimeout { get; set; }

    public string[] Tmpfs { get; set; } = null!;

    public string User { get; set; } = null!;

    public string[] Volume { get; set; } = null!;

    public string Workdir { get; set; } = null!;
}
