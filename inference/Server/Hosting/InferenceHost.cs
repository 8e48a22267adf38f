using Slipway.Hosting.Draining;
using Slipway.Hosting.Listening;
using Slipway.Hosting.Logging;
using Slipway.Hosting.Options;
using Slipway.Hosting.Telemetry;
using Slipway.Hosting.Telemetry.CloudWatch;
using Slipway.Inference.Evaluators;
using Slipway.Inference.Generations;
using Slipway.Inference.Invocations;
using Slipway.Inference.Metrics;
using Slipway.Inference.Monitoring;
using Slipway.Inference.Options;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Protocol;
using Slipway.Inference.Replicas;
using Slipway.Inference.Requests;
using Slipway.Inference.Residency;
using Slipway.Inference.Slots;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Hosting;

/// <summary>Composes a server, without starting it.</summary>
public static class InferenceHost
{
    // time for requests in flight and the last log objects, within the 30 s that SageMaker and ECS allow after SIGTERM
    private static readonly TimeSpan ShutdownAfterDrain = TimeSpan.FromSeconds(20);

    /// <summary>The same as <see cref="Build"/>. On ECS, missing options are first read from the task.</summary>
    public static async Task<WebApplication> BuildAsync(string[] arguments, CancellationToken cancellation)
    {
        var task = Environment.GetEnvironmentVariable(EcsTask.Variable) is { Length: > 0 } endpoint
            && InferenceOptionsReader.LeavesOpenWhoItIs(Configure(new ConfigurationBuilder(), arguments).Build())
            ? await EcsTask.ReadAsync(endpoint, TimeProvider.System, cancellation)
            : null;
        return Build(arguments, task: task, telemetry: TelemetrySettings.FromEnvironment());
    }

    /// <param name="arguments"><c>--Name=value</c>; they take precedence over the environment.</param>
    /// <param name="configure">Replaces services, such as the store.</param>
    /// <param name="task">The task of this server on ECS; null elsewhere.</param>
    /// <param name="telemetry">Where telemetry is exported to; null: nowhere.</param>
    /// <exception cref="SlipwayException">An option is invalid; the message explains it.</exception>
    public static WebApplication Build(string[] arguments, Action<IServiceCollection>? configure = null, EcsTask? task = null, TelemetrySettings? telemetry = null)
    {
        // empty, because even the slim builder watches its working folder for settings, and the store may be in it
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        Configure(builder.Configuration, arguments);
        var options = InferenceOptionsReader.Read(builder.Configuration, arguments, task);

        AddLogging(builder);
        AddWeb(builder, options);
        AddModels(builder.Services, options);
        AddRequests(builder.Services, options);
        ServiceTelemetry.AddTo(builder, telemetry ?? TelemetrySettings.None, new(
            CloudWatchFigures.ServerName, options.Release, options.Replica, InferenceMetrics.MeterName, options.Color,
            CloudWatch: CloudWatchTarget.OnConsole(options.CloudWatchNamespace, CloudWatchFigures.Server)));
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<ResidencyMetrics>();
        InferenceRoutes.Map(app);
        return app;
    }

    private static T Configure<T>(T configuration, string[] arguments) where T : IConfigurationBuilder
    {
        OptionsReader.AddSources(configuration, InferenceOptionsReader.Names, arguments);
        return configuration;
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        ConsoleLogging.AddTo(builder.Logging).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }

    private static void AddWeb(WebApplicationBuilder builder, InferenceOptions options)
    {
        builder.Services.AddRoutingCore();
        builder.WebHost.UseUrls(options.Url);
        WebServer.AddTo(builder.WebHost, kestrel =>
        {
            // the limit is ours, so that a body beyond it gets a problem document and is then read for a while instead of being cut off
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        });
    }

    private static void AddModels(IServiceCollection services, InferenceOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ObjectStores.Open(options.Store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RunWatch(options.ComputeTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ModelCompiler(
            options.CompileModels, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ModelCompiler>>()));
        services.AddSingleton(provider => new GenerationLoader(
            new(provider.GetRequiredService<IObjectStore>(), ArtifactLimits.OfBytes(options.MaxModelBytes)), Path.Combine(options.CacheFolder, options.Replica),
            provider.GetRequiredService<RunWatch>(), provider.GetRequiredService<ModelCompiler>(), options.ProveTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ModelSource>();
        services.AddSingleton(new MachineMemory());
        services.AddSingleton<ResidentModels>();
        services.AddSingleton<ModelLoads>();
        services.AddSingleton<ColdStarts>();
        services.AddSingleton<ResidencyMetrics>();
        services.AddSingleton<Signal>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<ServerReadiness>();
        services.AddSingleton<ReplicaIdentity>();
        services.AddSingleton<ReplicaStore>();
        services.AddSingleton<PredictionLogStore>();

        // stopped in reverse order, and all of them after the web server: the log is written after the last request
        services.AddHostedService<CatalogController>();
        services.AddHostedService<PredictionLogWriter>();
        services.AddSingleton<MonitoringPublisher>().AddHostedService(provider => provider.GetRequiredService<MonitoringPublisher>());
        services.AddHostedService<RetentionController>();
        services.AddHostedService<HeartbeatController>();
        DrainController.AddTo(services, options.DrainDelay, finish: ShutdownAfterDrain, (provider, _) =>
        {
            // the heartbeat reports it immediately
            provider.GetRequiredService<Signal>().Pulse();
            return Task.CompletedTask;
        });
    }

    private static void AddRequests(IServiceCollection services, InferenceOptions options)
    {
        var key = options.Key is { } secret ? PredictionKey.FromSecret(secret) : PredictionKey.ReadOrCreate(options.KeyFile);
        services.AddSingleton(new PredictionIds(key));
        services.AddSingleton(new PersonalValues(key));
        services.AddSingleton(provider => new PredictionLog(options.PredictionLog, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AdmissionGate(options.MaxConcurrency, options.MaxQueue, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new BodyBudget(options.MaxBodyBytesInFlight));
        services.AddSingleton<RequestBodies>();
        services.AddSingleton<RecentFeedback>();
        services.AddSingleton(new InferLimits(options.MaxRows, options.MaxBodyBytes, options.CsvHeader));
        services.AddSingleton(Workspace.Pool(options.MaxConcurrency * 4));
        services.AddSingleton<InferenceMetrics>();
        services.AddSingleton<ModelMonitors>();
        services.AddSingleton<ModelRuns>();
        services.AddSingleton<Predictor>();
        services.AddSingleton<ModelLookup>();
        services.AddSingleton<RequestGuard>();
        services.AddSingleton(provider => new FaultInjection(
            FaultInjection.TryParse(options.Fault ?? "", out var share) ? share : 0, provider.GetRequiredService<ILogger<FaultInjection>>()));
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<ModelEndpoints>();
        services.AddSingleton<InferEndpoint>();
        services.AddSingleton<InvocationsEndpoint>();
        services.AddSingleton<FeedbackEndpoint>();
    }
}
