namespace Slipway.Build.Diagrams;

/// <summary>A project of the product, as its project file describes it.</summary>
/// <param name="Path">Its file, relative to the root of the repository, with slashes.</param>
/// <param name="References">The files of the projects that it references, also relative to the root.</param>
public sealed record ProductProject(string Path, IReadOnlyList<string> References)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The top-level folder that it is in.</summary>
    public string Area => Path.Split('/')[0];
}
