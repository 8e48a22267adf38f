using System.Text.Json;

namespace Slipway.Infra.Tests;

/// <summary>The addresses of resources in the state of an environment. Terraform destroys a resource whose address disappears, and creates a new one under another address.</summary>
public sealed class AddressTests
{
    private const string Module = "environments";

    private TerraformCopy _copy = null!;

    private static IEnumerable<string> Environments => Repository.Environments;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _copy = new();
        // Terraform's mocks do not support ephemeral resources
        await WriteAsync("modules/keys/main.tf", "");
        await WriteAsync("modules/keys/outputs.tf", """
            output "prediction_key" {
              value = "a key that is long enough for anybody"
            }

            output "api_key" {
              value = "a key"
            }

            output "page_token" {
              value = "a key"
            }
            """);
        await WriteAsync("environments/tests/addresses.tftest.hcl", """
            mock_provider "aws" {
              source          = "../modules/environment/tests/mocks"
              override_during = plan
            }

            variables {
              package = "versions.tf"
            }

            run "addresses" {
              command = plan
            }
            """);
        await _copy.InitAsync(Module);
    }

    [OneTimeTearDown]
    public async Task Forget() => await _copy.DisposeAsync();

    [TestCaseSource(nameof(Environments))]
    public async Task StayWhatTheyAre(string environment)
    {
        var (exitCode, output) = await _copy.RunAsync(Module, "test", "-json", "-verbose", $"-var-file={environment}.tfvars");
        Assert.That(exitCode, Is.Zero, output);

        var planned = Planned(output).Order(StringComparer.Ordinal).ToList();
        var file = Path.Combine(Repository.Root, "tests", "Infra", "addresses.txt");
        if (ModuleTests.Writes)
            await File.WriteAllLinesAsync(file, planned);
        Assert.That(
            planned, Is.EqualTo(await File.ReadAllLinesAsync(file)),
            $"An address that disappeared needs a moved block in infra/environments, or Terraform destroys the resource. Then, or for a new resource: {ModuleTests.WriteVariable}=true dotnet test tests/Infra");
    }

    private static IEnumerable<string> Planned(string output)
    {
        using var plan = JsonDocument.Parse(output.Split('\n').Single(line => line.Contains("\"type\":\"test_plan\"", StringComparison.Ordinal)));
        foreach (var change in plan.RootElement.GetProperty("test_plan").GetProperty("resource_changes").EnumerateArray())
        {
            if (change.GetProperty("mode").GetString() == "managed")
                yield return change.GetProperty("address").GetString()!;
        }
    }

    private async Task WriteAsync(string path, string text)
    {
        var file = Path.Combine(_copy.Infra, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
    }
}
