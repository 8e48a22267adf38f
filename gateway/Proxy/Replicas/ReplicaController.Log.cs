namespace Slipway.Gateway.Replicas;

public sealed partial class ReplicaController
{
    [LoggerMessage(LogLevel.Information, "Fleet changed: blue={Blue} green={Green}")]
    private partial void FleetChanged(string blue, string green);

    [LoggerMessage(LogLevel.Warning, "Replica refused: its address {Refusal}")]
    private partial void AddressRefused(string refusal);

    [LoggerMessage(LogLevel.Error, "Store went away; the servers known so far stay in use: {Problem}")]
    private partial void StoreWentAway(string problem);

    [LoggerMessage(LogLevel.Information, "Store returned")]
    private partial void StoreReturned();
}
