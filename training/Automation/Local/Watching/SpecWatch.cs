using Slipway.Registry;
using Slipway.Registry.Models;

namespace Slipway.Automation.Local.Watching;

/// <summary>Notices models that are added, removed, or get another <c>model.json</c>, and reports what that means for datasets.</summary>
public sealed class SpecWatch(IModelFolders models, Func<string, string> dropFolder)
{
    private Dictionary<string, string>? _seen;
    private readonly Dictionary<string, RetrainSpec> _retrained = new(StringComparer.Ordinal);

    /// <summary>The models that are trained when there is a cause, as the last scan found them.</summary>
    public IReadOnlyDictionary<string, RetrainSpec> Retrained => _retrained;

    /// <returns>The current names, and those whose spec has changed since the last scan.</returns>
    public (IReadOnlyList<string> Names, IReadOnlyList<string> Changed) Scan(Action<WatchEvent> report)
    {
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        var changed = new List<string>();
        foreach (var name in models.Names())
            if (ModelName.IsValid(name) && models.ReadSpecJson(name) is { } json)
            {
                var digest = Sha256Hex.Of(json);
                now[name] = digest;
                if (_seen?.GetValueOrDefault(name) == digest)
                    continue;
                var isNew = _seen?.ContainsKey(name) != true;
                if (!isNew)
                    changed.Add(name);
                Report(name, json, isNew, report);
            }

        foreach (var gone in (_seen ?? []).Keys.Except(now.Keys))
        {
            _retrained.Remove(gone);
            report(new(WatchEventKind.Note, gone, "its folder in training/models is gone; its datasets are kept"));
        }

        _seen = now;
        return ([.. now.Keys], changed);
    }

    private void Report(string name, byte[] json, bool isNew, Action<WatchEvent> report)
    {
        _retrained.Remove(name);
        try
        {
            if (ModelSpecReader.Read(json, "model.json").Retrain is { } retrain)
                _retrained[name] = retrain;
        }
        catch (SlipwayException e)
        {
            report(new(WatchEventKind.Failed, name, $"{e.Message}\nIt is not trained until this is fixed."));
            return;
        }

        if (!isNew)
            report(new(WatchEventKind.Note, name,
                $"model.json has changed and applies to the next dataset. To train on the current one: ./build.sh --target=Train --model={name}"));
        else if (_seen is not null)
            report(new(WatchEventKind.Note, name, $"is a new model: put datasets into {dropFolder(name)}"));
    }
}
