namespace Slipway.Gateway.Replicas;

public sealed partial class ReplicaController
{
    [LoggerMessage(LogLevel.Information, "Fleet changed: blue={Blue} green={Green}")]
    private partial void FleetChanged(string blue, string green);

    [LoggerMessage(LogLevel.Warning, "Replica refused: its address {Refusal}")]
    private partial void AddressRefused(string refusal);

    [LoggerMessage(LogLevel.Error, "Store unavailable; known servers stay in use: {Problem}")]
    private partial void StoreWentAway(string problem);

    [LoggerMessage(LogLevel.Information, "Store available again")]
    private partial void StoreReturned();
}
