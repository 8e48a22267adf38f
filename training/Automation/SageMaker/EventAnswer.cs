namespace Slipway.Automation.SageMaker;

/// <summary>What became of an event.</summary>
/// <param name="Handled">False when it was none of ours, or nothing had to be done.</param>
/// <param name="Text">One sentence.</param>
public sealed record EventAnswer(bool Handled, string Text)
{
    public static EventAnswer Done(string text) => new(true, text);

    public static EventAnswer Nothing(string why) => new(false, why);
}
