using Slipway.Registry;

namespace Slipway.Build.Tools;

/// <summary>Compilation failed; the message contains the errors, one per line.</summary>
public sealed class BuildFailedException(string what, IReadOnlyList<BuildError> errors)
    : SlipwayException($"{what}:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}")
{
    public IReadOnlyList<BuildError> Errors { get; } = errors;
}
