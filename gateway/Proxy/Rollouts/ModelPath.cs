namespace Slipway.Gateway.Rollouts;

/// <summary>Which model a request is for, without allocating: every request is asked while a model's rollout runs.</summary>
public static class ModelPath
{
    private const string Models = "/v2/models/";

    /// <summary>Whether a path is that of a request to this model: <c>/v2/models/&lt;model&gt;/...</c></summary>
    public static bool IsOf(PathString path, string model)
    {
        var rest = (path.Value ?? "").AsSpan();
        if (!rest.StartsWith(Models, StringComparison.OrdinalIgnoreCase))
            return false;
        rest = rest[Models.Length..];
        return rest.Length > model.Length && rest[model.Length] == '/' && rest.StartsWith(model, StringComparison.Ordinal);
    }

    /// <summary>The model that a path names; empty if it names none.</summary>
    public static ReadOnlySpan<char> Of(PathString path)
    {
        var rest = (path.Value ?? "").AsSpan();
        if (!rest.StartsWith(Models, StringComparison.OrdinalIgnoreCase))
            return [];
        rest = rest[Models.Length..];
        var end = rest.IndexOf('/');
        return end < 0 ? rest : rest[..end];
    }
}
