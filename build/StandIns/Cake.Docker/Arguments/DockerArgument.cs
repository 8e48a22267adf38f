namespace Cake.Docker;

/// <summary>A switch, its value, and how the value is written.</summary>
public struct DockerArgument(string? key, string? value, DockerArgumentQuoting quoting)
{
    public string? Key { get; } = key;

    public string? Value { get; } = value;

    public DockerArgumentQuoting Quoting { get; } = quoting;
}

public enum DockerArgumentQuoting
{
    Unquoted,
    Quoted,
    QuotedSecret,
}
