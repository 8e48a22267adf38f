using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Overview;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Page.Models;

/// <param name="Line">Null if neither the store nor a server has it.</param>
/// <param name="Versions">Newest first.</param>
public sealed record ShownModel(string Name, OverviewModel? Line, IReadOnlyList<ModelManifest> Versions, TrafficStatus Status)
{
    /// <summary>The version that live points to; the newest if none does.</summary>
    public ModelManifest? Main => Versions.FirstOrDefault(version => version.Version == LiveVersion) ?? (Versions is [var newest, ..] ? newest : null);

    private int? LiveVersion => Line?.VersionsOn(Status.State.Live) is [.., var served] ? served : Line?.Summary?.Of(Status.State.Live);

    public string Sentence => Line?.VersionsOn(Status.State.Live) switch
    {
        [var only] => $"Version {only} answers on {Status.State.Live.Word()}, which is live. {Requests}",
        [_, ..] versions => $"Versions {string.Join(" and ", versions)} answer on {Status.State.Live.Word()}, whose servers are changing over. {Requests}",
        _ => $"No server of {Status.State.Live.Word()}, which is live, serves it now.",
    };

    private string Requests => Line!.Requests == 0 ? "This gateway has forwarded no request to it yet."
        : $"{Words.Count(Line.Errors)} of {Words.Plural(Line.Requests, "request")} failed since this gateway started.";

    /// <summary>Which colors answer with a version.</summary>
    public IEnumerable<Color> On(int version) => Colors.All.Where(color => Line?.VersionsOn(color).Contains(version) == true);
}
