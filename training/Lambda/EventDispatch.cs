namespace Slipway.Automation.Lambda;

/// <summary>Gives every event to the handler that it is for.</summary>
internal sealed class EventDispatch(AwsEnvironmentRecord environment) : IEventHandler
{
    public static IEventHandler Create(AwsEnvironmentRecord environment, FunctionLog log, TimeProvider time) => new EventDispatch(environment);

    public async Task<EventAnswer> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        EventReader.Read(payload, environment) switch
        {
            ForeignEvent foreign => EventAnswer.Nothing(foreign.Why),
            var other => throw new InvalidOperationException($"Nobody handles a {other.GetType().Name}."),
        };
}
