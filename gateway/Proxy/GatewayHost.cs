using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Monitoring;
using Slipway.Gateway.Notifications;
using Slipway.Gateway.Options;
using Slipway.Gateway.Page;
using Slipway.Gateway.Probes;
using Slipway.Gateway.PutBacks;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Shadows;
using Slipway.Gateway.Status;
using Slipway.Gateway.Traffic;
using Slipway.Hosting.Draining;
using Slipway.Hosting.Listening;
using Slipway.Hosting.Logging;
using Slipway.Hosting.Telemetry;
using Slipway.Hosting.Telemetry.CloudWatch;
using Slipway.Registry.Storage;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace Slipway.Gateway;

/// <summary>Composes a gateway: services, listeners, and the two pipelines.</summary>
public static class GatewayHost
{
    /// <param name="telemetry">Where telemetry is exported to; null: nowhere.</param>
    public static WebApplication Build(GatewayOptions options, IObjectStore store, TimeProvider time, TelemetrySettings? telemetry = null)
    {
        // empty: no settings file or variable except our own may open a port or change a limit
        var builder = WebApplication.CreateEmptyBuilder(new());
        AddLogging(builder.Logging);
        AddListeners(builder, options);
        AddProxy(builder.Services, options);
        AddGateway(builder.Services, options, store, time);
        ServiceTelemetry.AddTo(builder, telemetry ?? TelemetrySettings.None, Describe(options));

        var app = builder.Build();
        app.MapReverseProxy(); // there are no routes; this loads the clusters and starts their probes
        app.MapWhen(PrivateConnection.Is, PrivatePipeline.Build);
        PublicPipeline.Build(app);
        return app;
    }

    private static TelemetryService Describe(GatewayOptions options) => new(
        CloudWatchFigures.GatewayName, options.Release, $"{options.Gateway}-{Guid.NewGuid().ToString("n")[..12]}", GatewayMetrics.MeterName, Route: RouteTemplate.Of,
        CloudWatch: CloudWatchTarget.OnConsole(options.CloudWatchNamespace, CloudWatchFigures.Gateway));

    private static void AddLogging(ILoggingBuilder logging) => ConsoleLogging.AddTo(logging)
        .AddFilter("Yarp", LogLevel.Warning)
        // a failed try is counted, and then retried or reported to the caller; a line for each would flood the log when a server dies
        .AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None)
        .AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);

    private static void AddListeners(WebApplicationBuilder builder, GatewayOptions options)
    {
        WebServer.AddTo(builder.WebHost, kestrel => Listeners.Configure(kestrel, options));
        builder.Services.Configure<SocketTransportOptions>(sockets => Listeners.Configure(sockets, options));
    }

    private static void AddProxy(IServiceCollection services, GatewayOptions options)
    {
        services.AddRouting();
        services.AddReverseProxy()
            .LoadFromMemory([], ColorClusters.Of(FleetSnapshot.Empty, options));
        services.AddSingleton<IForwarderHttpClientFactory, ServerConnections>();
        // the proxy registers cookies that are signed with stored keys; nothing here uses them, so nothing is stored
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<ConfigurationSignal>();
        services.AddSingleton<IConfigChangeListener>(provider => provider.GetRequiredService<ConfigurationSignal>());
        services.AddSingleton<IActiveHealthCheckPolicy, ReadinessHealthPolicy>();
    }

    private static void AddGateway(IServiceCollection services, GatewayOptions options, IObjectStore store, TimeProvider time)
    {
        services.AddSingleton(options).AddSingleton(store).AddSingleton(time);
        services.AddSingleton<Fleet>().AddSingleton<ReplicaSource>().AddSingleton<ReplicaEjector>().AddSingleton<OutlierDetector>().AddSingleton<OwnAddresses>();
        services.AddSingleton<CurrentTraffic>().AddSingleton<TrafficRecords>().AddSingleton<FailoverMonitor>();
        services.AddRateLimiter(_ => { });
        services.AddSingleton(TrafficDraws.Seeded()).AddSingleton<TrafficSplitMiddleware>().AddSingleton<RequestForwarder>();
        services.AddSingleton<UnresponsiveServerWatch>().AddSingleton<MemoryBudget>().AddSingleton<AdmissionLimit>().AddSingleton<ConnectionLimit>();
        services.AddSingleton<TickSignal>().AddSingleton<RolloutCounter>().AddSingleton<ObservationStore>().AddSingleton<RolloutRecords>().AddSingleton<RolloutJournal>();
        services.AddSingleton<ShadowQueue>().AddSingleton<ShadowTally>().AddSingleton<IShadows>(provider => provider.GetRequiredService<ShadowTally>());
        services.AddSingleton<ShadowForwarder>().AddHostedService(provider => provider.GetRequiredService<ShadowForwarder>());
        services.AddSingleton<GatewayMetrics>().AddSingleton<TrafficStatusReport>();
        services.AddPage();
        // in this order: servers first, then the split between them; the listeners open after both
        services.AddSingleton<ReplicaController>().AddHostedService(provider => provider.GetRequiredService<ReplicaController>());
        services.AddSingleton<TrafficController>().AddHostedService(provider => provider.GetRequiredService<TrafficController>());
        services.AddSingleton<PutBackController>().AddHostedService(provider => provider.GetRequiredService<PutBackController>());
        services.AddSingleton<CurrentDrift>().AddSingleton<DriftRecords>();
        services.AddSingleton<DriftController>().AddHostedService(provider => provider.GetRequiredService<DriftController>());
        services.AddSingleton<GoldenRows>().AddSingleton<ProbeCaller>().AddSingleton<ProbeRound>();
        services.AddSingleton<ProbeController>().AddHostedService(provider => provider.GetRequiredService<ProbeController>());
        services.AddSingleton<IGoldenProbes>(provider => provider.GetRequiredService<ProbeController>());
        services.AddSingleton<CurrentQuality>().AddSingleton<CurrentDomains>().AddSingleton<QualityController>().AddHostedService(provider => provider.GetRequiredService<QualityController>());
        services.AddSingleton<NotificationHttp>().AddSingleton<NotificationLanes>();
        services.AddSingleton<NotificationDispatcher>().AddHostedService(provider => provider.GetRequiredService<NotificationDispatcher>());
        DrainController.AddTo(
            services, options.DrainDelay, finish: options.RequestTimeout + TimeSpan.FromSeconds(5),
            (provider, cancellation) => provider.GetRequiredService<TrafficController>().ReleaseAsync(cancellation));
    }
}
