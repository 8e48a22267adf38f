namespace Slipway.Workflows.Tests.Running;

/// <summary>
/// Third-party actions are not run: each is listed here with its stand-in. An action that is not listed fails the test, so that
/// nobody adds one carelessly.
/// </summary>
internal static class ActionStandIns
{
    private static readonly IReadOnlyDictionary<string, Action<string, IReadOnlyDictionary<string, string>>> Known =
        new Dictionary<string, Action<string, IReadOnlyDictionary<string, string>>>
        {
            // the prepared repository
            ["actions/checkout"] = Nothing,
            // the SDK and the packages of this machine; no cache is found
            ["actions/setup-dotnet"] = Nothing,
            ["actions/cache"] = Nothing,
            ["actions/setup-node"] = Nothing,
            // programs of these names, first on the PATH
            ["hashicorp/setup-terraform"] = Nothing,
            ["aquasecurity/setup-trivy"] = Nothing,
            ["aws-actions/configure-aws-credentials"] = (_, with) => Assert.That(with["role-to-assume"], Does.Match(@"^arn:aws:iam::\d{12}:role/slipway-(staging|production|local)-[a-z]+$")),
            // the file to pass on must exist
            ["actions/upload-artifact"] = (root, with) => Exists(root, with["path"]),
            ["github/codeql-action/upload-sarif"] = (root, with) => Exists(root, with["sarif_file"]),
            ["actions/download-artifact"] = Nothing,
            ["actions/attest"] = (root, with) =>
            {
                Assert.That(with["subject-digest"], Does.Match("^sha256:[0-9a-f]{64}$"));
                if (with.TryGetValue("sbom-path", out var sbom))
                    Exists(root, sbom);
            },
        };

    /// <param name="root">The root of the repository.</param>
    public static void Use(string action, string root, IReadOnlyDictionary<string, string> with)
    {
        Assert.That(Known.Keys, Does.Contain(action), "add a stand-in for this action to ActionStandIns");
        Known[action](root, with);
    }

    private static void Nothing(string root, IReadOnlyDictionary<string, string> with)
    {
    }

    private static void Exists(string root, string path)
    {
        var whole = Path.Combine(root, path.Split('*')[0]);
        Assert.That(File.Exists(whole) || Directory.Exists(whole), Is.True, $"nothing is at {path}, which a step hands on");
    }
}
