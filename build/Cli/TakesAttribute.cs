namespace Slipway.Build.Cli;

/// <summary>
/// An argument that a target takes, by its name in <see cref="Arguments"/>. A target also takes
/// the arguments of the targets that it depends on.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TakesAttribute(string argument) : Attribute
{
    public Argument Argument { get; } = Arguments.Declared(argument)
        ?? throw new ArgumentException($"There is no argument '{argument}' in {nameof(Arguments)}.", nameof(argument));

    public bool Required { get; init; }
}
