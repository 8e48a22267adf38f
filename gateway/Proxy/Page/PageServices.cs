using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Live;
using Slipway.Gateway.Page.Models;
using Slipway.Gateway.Page.Overview;
using Slipway.Gateway.Page.Playground;
using Slipway.Gateway.Page.Predictions;
using Slipway.Gateway.Page.Reading;
using Slipway.Gateway.Page.Rollouts;
using Slipway.Gateway.Page.SignIn;

namespace Slipway.Gateway.Page;

public static class PageServices
{
    public static void AddPage(this IServiceCollection services)
    {
        services.AddSingleton<OperatorPage>().AddSingleton<PageGuard>().AddSingleton<PageInstance>().AddSingleton<PageFrame>().AddSingleton<PageStore>();
        services.AddSingleton<OverviewPage>().AddSingleton<RolloutPage>().AddSingleton<ModelPage>().AddSingleton<PredictionPage>();
        services.AddSingleton<PlaygroundPage>().AddSingleton<PlaygroundCaller>();
        services.AddSingleton<LiveTap>().AddSingleton<TapPage>().AddSingleton<EventStreams>();
        services.AddSingleton<TrafficSamples>().AddHostedService(provider => provider.GetRequiredService<TrafficSamples>());
    }
}
