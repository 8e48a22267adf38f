using System.Text.Json;

namespace Slipway.Infra.Tests;

/// <summary>The addresses of resources in the state of an environment. Terraform destroys a resource whose address disappears, and creates a new one under another address.</summary>
public sealed class AddressTests
{
    private const string Module = "environments";

    private readonly Dictionary<string, IReadOnlyList<JsonElement>> _plans = [];
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
        var planned = (await PlanAsync(environment)).Select(change => change.GetProperty("address").GetString()!).Order(StringComparer.Ordinal).ToList();
        var file = Path.Combine(Repository.Root, "tests", "Infra", "addresses.txt");
        if (ModuleTests.Writes)
            await File.WriteAllLinesAsync(file, planned);
        Assert.That(
            planned, Is.EqualTo(await File.ReadAllLinesAsync(file)),
            $"An address that disappeared needs a moved block in infra/environments, or Terraform destroys the resource. Then, or for a new resource: {ModuleTests.WriteVariable}=true dotnet test tests/Infra");
    }

    /// <summary>ECS takes any name, and never rolls back for an alarm that does not exist.</summary>
    [TestCaseSource(nameof(Environments))]
    public async Task DeploymentsListenToAlarmsThatThePlanCreates(string environment)
    {
        var plan = await PlanAsync(environment);
        var composites = NamesOf(plan, "aws_cloudwatch_composite_alarm");
        var alarms = NamesOf(plan, "aws_cloudwatch_metric_alarm").Concat(composites).ToHashSet(StringComparer.Ordinal);
        var services = OfType(plan, "aws_ecs_service").ToDictionary(
            service => service.GetProperty("name").GetString()!,
            service => service.GetProperty("alarms")[0].GetProperty("alarm_names").EnumerateArray().Select(name => name.GetString()!).ToList());

        Assert.That(composites, Has.Count.EqualTo(1));
        Assert.That(services, Has.Count.EqualTo(3), "gateway, blue and green");
        foreach (var (service, names) in services)
        {
            Assert.That(names.Except(alarms), Is.Empty, $"{service} listens to alarms that nothing creates");
            Assert.That(names, Does.Contain(composites[0]), $"{service} does not listen to the alarm for deployments");
        }

        // what the composite is made of exists too
        var parts = OfType(plan, "aws_cloudwatch_composite_alarm").Single().GetProperty("alarm_rule").GetString()!.Split('"').Where((_, at) => at % 2 == 1);
        Assert.That(parts.Except(alarms), Is.Empty);
    }

    private async Task<IReadOnlyList<JsonElement>> PlanAsync(string environment)
    {
        if (_plans.TryGetValue(environment, out var known))
            return known;
        var (exitCode, output) = await _copy.RunAsync(Module, "test", "-json", "-verbose", $"-var-file={environment}.tfvars");
        Assert.That(exitCode, Is.Zero, output);
        var plan = JsonElement.Parse(output.Split('\n').Single(line => line.Contains("\"type\":\"test_plan\"", StringComparison.Ordinal)));
        return _plans[environment] = [.. plan.GetProperty("test_plan").GetProperty("resource_changes").EnumerateArray().Where(change => change.GetProperty("mode").GetString() == "managed")];
    }

    private static IEnumerable<JsonElement> OfType(IEnumerable<JsonElement> plan, string type) =>
        plan.Where(change => change.GetProperty("type").GetString() == type).Select(change => change.GetProperty("change").GetProperty("after"));

    private static IReadOnlyList<string> NamesOf(IEnumerable<JsonElement> plan, string type) => [.. OfType(plan, type).Select(alarm => alarm.GetProperty("alarm_name").GetString()!)];

    private async Task WriteAsync(string path, string text)
    {
        var file = Path.Combine(_copy.Infra, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
    }
}
