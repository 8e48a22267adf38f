namespace Slipway.Gateway.Page.Live;

/// <summary>Differs with each start of a gateway: an open page learns from it that the gateway was restarted, even if its stream had not begun before.</summary>
public sealed class PageInstance
{
    public string Id { get; } = Guid.NewGuid().ToString("n")[..12];
}
