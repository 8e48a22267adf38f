namespace Slipway.Build.Cli.Configuration;

/// <summary>What images begin with, where it is not what <see cref="Pins"/> holds; empty leaves the pin.</summary>
/// <param name="Runtime">A .NET runtime for ASP.NET, without a shell where it can be.</param>
/// <param name="Libraries">Something of the same family with a shell and packages.</param>
public sealed record BaseImages(string Runtime, string Libraries)
{
    /// <summary>Below the repository.</summary>
    public const string Pins = "build/bases/Dockerfile";
}
