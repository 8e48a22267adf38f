using Slipway.Registry;

namespace Slipway.Build.Tools;

/// <summary>The compiler minds something; the message holds its errors line by line.</summary>
public sealed class BuildFailedException(string what, IReadOnlyList<BuildError> errors)
    : SlipwayException($"{what}:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}")
{
    public IReadOnlyList<BuildError> Errors { get; } = errors;
}
