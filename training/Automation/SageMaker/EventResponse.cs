namespace Slipway.Automation.SageMaker;

/// <summary>The result of processing an event.</summary>
/// <param name="Handled">False if it was not for this environment, or if there was nothing to do.</param>
/// <param name="Text">One sentence.</param>
public sealed record EventResponse(bool Handled, string Text)
{
    public static EventResponse Done(string text) => new(true, text);

    public static EventResponse Nothing(string why) => new(false, why);
}
