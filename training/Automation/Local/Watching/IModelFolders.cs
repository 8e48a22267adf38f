namespace Slipway.Automation.Local.Watching;

/// <summary>The models of the repository at this moment.</summary>
public interface IModelFolders
{
    /// <summary>In order.</summary>
    IReadOnlyList<string> Names();

    /// <summary>The bytes of a model's <c>model.json</c>; null if it is gone.</summary>
    byte[]? ReadSpecJson(string model);
}
