using System.Text.RegularExpressions;

namespace Slipway.Infra.Tests;

public sealed partial class EnvironmentFileTests
{
    private static IEnumerable<string> Environments => Repository.Environments;

    [Test]
    public void EveryEnvironmentOnAwsHasItsFiles()
    {
        var settings = File.ReadAllText(Path.Combine(Repository.Root, "cake.config"));
        var onAws = Names().Match(settings).Groups["names"].Value.Split(',').Where(name => !Section(settings, name).Contains("Endpoint=", StringComparison.Ordinal)).ToList();

        Assert.That(onAws, Is.Not.Empty);
        Assert.That(Repository.Environments, Is.EquivalentTo(onAws));
        Assert.That(onAws.Select(name => Of(name, "backend.hcl")), Is.All.Exist);
    }

    [TestCaseSource(nameof(Environments))]
    public void FilesOfAnEnvironmentNameItAndItsState(string environment)
    {
        var (values, backend) = (File.ReadAllText(Of(environment, "tfvars")), File.ReadAllText(Of(environment, "backend.hcl")));

        Assert.Multiple(() =>
        {
            Assert.That(values, Does.StartWith($"environment = \"{environment}\"\n"));
            // where the state of an existing environment is stored: with another key, Terraform would create everything again
            Assert.That(backend, Does.Match($"(?m)^key +=  *\"slipway/{environment}.tfstate\"$"));
            Assert.That(values, Does.Match($"(?m)^  object = \"[^\"]*/slipway/{environment}.tfstate\"$"), "the roles that plan read the state of another environment");
        });
    }

    [Test]
    public void CodeNamesNoEnvironment()
    {
        var files = Directory.EnumerateFiles(Repository.Infra, "*.tf", SearchOption.AllDirectories).ToList();

        Assert.That(files, Is.Not.Empty);
        Assert.That(
            from file in files from environment in Repository.Environments where File.ReadAllText(file).Contains(environment, StringComparison.Ordinal) select $"{file}: {environment}", Is.Empty,
            "What differs between environments is said in their files.");
    }

    private static string Of(string environment, string kind) => Path.Combine(Repository.Infra, "environments", $"{environment}.{kind}");

    private static string Section(string settings, string name) => settings.Split($"\n[{name}]\n")[1].Split("\n[")[0];

    [GeneratedRegex("^AwsEnvironments=(?<names>.+)$", RegexOptions.Multiline)]
    private static partial Regex Names();
}
