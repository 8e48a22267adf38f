using Slipway.Registry;

namespace Slipway.Hosting.Options;

/// <summary>A program cannot start with the options that it was given.</summary>
/// <param name="errors">Everything that is wrong, one line each.</param>
public sealed class InvalidOptionsException(IReadOnlyList<string> errors) : SlipwayException(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
