namespace Slipway.Workflows.Tests;

/// <summary>Files that run with permissions have designated reviewers.</summary>
public sealed class CodeOwnersTests
{
    private static readonly string[] Read = ["LICENSE", ".editorconfig", ".gitattributes", ".gitignore", ".git"];

    private static readonly (string Pattern, string Owner)[] Lines =
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Paths.Root, ".github", "CODEOWNERS"))
           where line.Length > 0 && !line.StartsWith('#')
           select line.Split(' ', StringSplitOptions.RemoveEmptyEntries) into words
           select (words[0], words[1]),
    ];

    private static IEnumerable<string> FilesThatRun =>
        from file in Directory.EnumerateFiles(Repository.Paths.Root).Select(path => Path.GetFileName(path))
        where !Read.Contains(file) && !file.EndsWith(".md", StringComparison.Ordinal)
        select file;

    [TestCaseSource(nameof(FilesThatRun))]
    [TestCase(".ci/run")]
    [TestCase(".ci/install")]
    [TestCase(".github/CODEOWNERS")]
    [TestCase(".github/workflows/main.yml")]
    [TestCase("build/Tasks/Deploy.cs")]
    [TestCase("infra/modules/access/policies.tf")]
    [TestCase("nuget.config")]
    public void WhatRunsWithRightsHasOwnersOfItsOwn(string file) => Assert.That(OwnerOf(file), Is.EqualTo("@example/platform"));

    [TestCase("README.md", "@example/slipway")]
    [TestCase("gateway/Proxy/Program.cs", "@example/slipway")]
    [TestCase("tests/Directory.Build.props", "@example/slipway")]
    [TestCase("build/scan-policy.json", "@example/security")]
    [TestCase("training/models/penguins/model.json", "@example/models")]
    public void EverythingHasAnOwner(string file, string owner) => Assert.That(OwnerOf(file), Is.EqualTo(owner));

    // the patterns that are in use: everything, a folder, a file, files with a common prefix
    private static string OwnerOf(string file) => Lines.Last(line =>
        line.Pattern == "*"
        || (line.Pattern.EndsWith('/') && $"/{file}".StartsWith(line.Pattern, StringComparison.Ordinal))
        || (line.Pattern.EndsWith('*') && !file.Contains('/') && $"/{file}".StartsWith(line.Pattern.TrimEnd('*'), StringComparison.Ordinal))
        || $"/{file}" == line.Pattern).Owner;
}
