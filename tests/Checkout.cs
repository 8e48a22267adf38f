namespace Slipway.Tests;

/// <summary>The checkout that the running tests were built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <param name="path">From the root, with slashes.</param>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find(string? folder) =>
        folder is null ? throw new DirectoryNotFoundException($"There is no Slipway.slnx above {AppContext.BaseDirectory}.")
        : File.Exists(Path.Combine(folder, "Slipway.slnx")) ? folder
        : Find(Path.GetDirectoryName(folder));
}
