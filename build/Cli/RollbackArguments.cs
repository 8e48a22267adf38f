namespace Slipway.Build.Cli;

/// <summary>What can be rolled back, and the arguments of each. A contradiction is invalid usage: nothing is guessed.</summary>
public static class RollbackArguments
{
    /// <summary>Traffic or a model's version, whichever changed last.</summary>
    public const string LastChange = "last-change";

    /// <summary>The last traffic move, whatever has happened to models since.</summary>
    public const string Traffic = "traffic";

    /// <summary>A model's last change, or a move to a version.</summary>
    public const string Model = "model";

    /// <returns>The problem, as a sentence that says what would be valid; null if there is none.</returns>
    public static string? Problem(CommandLine line)
    {
        var (model, to) = (line.Value(Arguments.Model), line.Value(Arguments.To));
        return line.Value(Arguments.What) switch
        {
            Model when model is null => $"{Arguments.What.Flag}={Model} requires {Arguments.Model}: the model to roll back.",
            LastChange or Traffic when to is not null =>
                $"{Arguments.To.Flag} applies to a model, not to {Arguments.What.Flag}={line.Value(Arguments.What)}. To roll back to that version: {Arguments.What.Flag}={Model} {Arguments.Model} {Arguments.To.Flag}={to}",
            LastChange or Traffic when model is not null =>
                $"{Arguments.What.Flag}={line.Value(Arguments.What)} does not take {Arguments.Model.Flag}. To roll that model back: {Arguments.What.Flag}={Model} {Arguments.Model.Flag}={model}",
            _ => null,
        };
    }
}
