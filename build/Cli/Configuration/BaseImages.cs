namespace Slipway.Build.Cli.Configuration;

/// <summary>The base images, if they override <see cref="Pins"/>; empty keeps the pin.</summary>
/// <param name="Runtime">An ASP.NET runtime image, without a shell if possible.</param>
/// <param name="Libraries">An image of the same distribution with a shell and packages.</param>
public sealed record BaseImages(string Runtime, string Libraries)
{
    /// <summary>Relative to the repository's root.</summary>
    public const string Pins = "build/bases/Dockerfile";
}
