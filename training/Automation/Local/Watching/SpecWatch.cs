using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>Notices models that come, go, or get another <c>model.json</c>, and says what that means for datasets.</summary>
public sealed class SpecWatch(IModelFolders models, Func<string, string> dropFolder)
{
    private Dictionary<string, string>? _seen;

    /// <returns>The names of now, and those whose spec is another than at the last look.</returns>
    public (IReadOnlyList<string> Names, IReadOnlyList<string> Changed) Look(Action<WatchEvent> report)
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
            report(new(WatchEventKind.Note, gone, "its folder under training/models is gone; datasets for it are left as they are"));
        _seen = now;
        return ([.. now.Keys], changed);
    }

    private void Report(string name, byte[] json, bool isNew, Action<WatchEvent> report)
    {
        try
        {
            ModelSpecReader.Read(json, "model.json");
        }
        catch (SlipwayException e)
        {
            report(new(WatchEventKind.Failed, name, $"{e.Message}\nNothing is trained for it until that is corrected."));
            return;
        }

        if (!isNew)
            report(new(WatchEventKind.Note, name,
                $"model.json has changed and holds for the next dataset. To train on the one that is there: ./build.sh --target=Train --model={name}"));
        else if (_seen is not null)
            report(new(WatchEventKind.Note, name, $"is a new model: drop datasets into {dropFolder(name)}"));
    }
}
