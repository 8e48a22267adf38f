using Slipway.Registry;

namespace Slipway.Hosting.Options;

/// <summary>A program cannot start with the given options.</summary>
/// <param name="errors">All errors, one line each.</param>
public sealed class InvalidOptionsException(IReadOnlyList<string> errors) : SlipwayException(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
