namespace Slipway.Build.Cli;

/// <summary>What a person may ask to be undone, and what goes with it. A contradiction is wrong usage: nobody guesses what was meant at night.</summary>
public static class RollbackArguments
{
    /// <summary>Traffic or a model's version, whichever changed last.</summary>
    public const string LastChange = "last-change";

    /// <summary>The last move of traffic, whatever models did since.</summary>
    public const string Traffic = "traffic";

    /// <summary>A model's last change, or its way to a version.</summary>
    public const string Model = "model";

    /// <returns>What is wrong, as a sentence that names what would be right; null when all is well.</returns>
    public static string? Problem(CommandLine line)
    {
        var (model, to) = (line.Value(Arguments.Model), line.Value(Arguments.To));
        return line.Value(Arguments.What) switch
        {
            Model when model is null => $"{Arguments.What.Flag}={Model} needs {Arguments.Model}: which model to roll back.",
            LastChange or Traffic when to is not null =>
                $"{Arguments.To.Flag} goes with a model, not with {Arguments.What.Flag}={line.Value(Arguments.What)}. To go to that version: {Arguments.What.Flag}={Model} {Arguments.Model} {Arguments.To.Flag}={to}",
            LastChange or Traffic when model is not null =>
                $"{Arguments.What.Flag}={line.Value(Arguments.What)} takes no {Arguments.Model.Flag}. To roll that model back: {Arguments.What.Flag}={Model} {Arguments.Model.Flag}={model}",
            _ => null,
        };
    }
}
