using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Infra;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Infra;

public sealed class EnvironmentInfraTests
{
    private const int HasChanges = 2;

    private LocalFolderFixture _fixture = null!;
    private RecordingCakeContext _context = null!;
    private StringWriter _output = null!;

    [SetUp]
    public void SetUp() => (_fixture, _context, _output) = (new(), new(), new());

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public void ChangesAreCarriedOutAsPlanned()
    {
        Changes();
        Infra(default).Apply();

        Assert.That(Commands(), Is.EqualTo(new[] { "init", "plan", "apply" }));
        Assert.That(_output.ToString(), Does.Contain("Plan: 1 to add").And.Contain("'shore' is up to date"));
    }

    [Test]
    public void NothingIsAppliedWhereNothingChanged()
    {
        Infra(default).Apply();

        Assert.That(Commands(), Is.EqualTo(new[] { "init", "plan" }));
        Assert.That(_output.ToString(), Does.Contain("nothing to change"));
    }

    [Test]
    public void SignalKeepsTheNextStepFromBeginning()
    {
        Changes();

        Assert.That(() => Infra(new(canceled: true)).Apply(), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("Stopped. Nothing was changed in 'shore'."));
        Assert.That(Commands(), Is.EqualTo(new[] { "init" }));
    }

    [Test]
    public void PlanThatASignalInterruptedIsNoFailureOfTerraform()
    {
        _context.Answer(1, "Error: execution halted", "Error: execution halted");

        Assert.That(() => Infra(new(canceled: true)).Plan(), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("Stopped. Nothing was changed in 'shore'."));
    }

    [Test]
    public void FailureHoldsWhatTerraformSaid()
    {
        _context.Answer(1, "- loop.store in ../../modules/store", "Error: Failed to get existing workspaces", "", "AccessDenied");

        Assert.That(
            () => Infra(default).Plan(),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("terraform init failed (exit code 1)")
                .And.Message.Contains("existing workspaces").And.Message.Contains("AccessDenied").And.Message.Not.Contains("modules/store"));
    }

    [Test]
    public void ChangeThatFailedInTheMiddleSaysHowToGoOn()
    {
        Changes();
        _context.Answer(1, "aws_s3_bucket.store: Creation complete", "Error: creating ECS Service: throttled");

        Assert.That(
            () => Infra(default).Apply(),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("throttled").And.Message.Contains("To continue, run it again: ./build.sh --target=ApplyInfra --environment=shore"));
    }

    [Test]
    public void EnvironmentThatMatchesTheCodeHasNoConfigurationDrift()
    {
        Infra(default).Check(Job);

        Assert.That(Commands(), Is.EqualTo(new[] { "init", "plan" }));
        Assert.That(_context.CommandLines[1], Does.Contain("-refresh=true"), "whatever TF_CLI_ARGS_plan says");
        Assert.That(_output.ToString(), Does.Contain("No configuration drift"));
        Assert.That(File.ReadAllText(Summary), Does.StartWith("## No configuration drift in shore"));
    }

    [Test]
    public void ConfigurationDriftIsRefusedWithAListOfIt()
    {
        _context.Answer(0);
        _context.Answer(
            HasChanges, "module.loop.aws_s3_bucket.this: Refreshing state...", "Terraform will perform the following actions:", "", "  # module.loop.aws_s3_bucket.this will be updated in-place",
            "  ~ resource \"aws_s3_bucket\" \"this\" {", "      # (3 unchanged attributes hidden)", "  # aws_budgets_budget.this[0] must be replaced", "Plan: 1 to add, 1 to change, 1 to destroy.");

        Assert.That(() => Infra(default).Check(Job), Throws.TypeOf<RefusedException>()
            .With.Message.StartWith("Configuration drift: 'shore' no longer matches the code in infra/.").And.Message.Contains("  module.loop.aws_s3_bucket.this will be updated in-place")
            .And.Message.Contains("  aws_budgets_budget.this[0] must be replaced").And.Message.Not.Contains("hidden").And.Message.Contains("--target=ApplyInfra --environment=shore"));
        Assert.That(_output.ToString(), Does.Contain("Plan: 1 to add, 1 to change").And.Not.Contain("Refreshing"));
        Assert.That(File.ReadAllText(Summary), Does.Contain("- module.loop.aws\\_s3\\_bucket.this will be updated in-place"));
    }

    [Test]
    public void PlanThatOnlyMovesAddressesListsTheMoves()
    {
        _context.Answer(0);
        _context.Answer(
            HasChanges, "Terraform will perform the following actions:", "", "  # module.shore.aws_s3_bucket.this has moved to module.loop.aws_s3_bucket.this",
            "    resource \"aws_s3_bucket\" \"this\" {", "        # (3 unchanged attributes hidden)", "Plan: 0 to add, 0 to change, 0 to destroy.");

        Assert.That(() => Infra(default).Check(Job), Throws.TypeOf<RefusedException>()
            .With.Message.Contains("  module.shore.aws_s3_bucket.this has moved to module.loop.aws_s3_bucket.this")
            .And.Message.Contains("no resource will change").And.Message.Not.Contains("manual changes").And.Message.Not.Contains("hidden"));
    }

    [Test]
    public void PlanThatOnlyChangesOutputsSaysSo()
    {
        _context.Answer(0);
        _context.Answer(HasChanges, "Terraform will perform the following actions:", "Changes to Outputs:", "  + url = \"https://shore.example\"");

        Assert.That(() => Infra(default).Check(Job), Throws.TypeOf<RefusedException>().With.Message.Contains("  only outputs of the root module"));
    }

    [Test]
    public void PlanOfAPersonReadsBackWhatThatPersonWants()
    {
        Infra(default).Plan();
        Assert.That(_context.CommandLines[1], Does.Not.Contain("-refresh"));
    }

    [Test]
    public void PlanTakesTheValuesOfItsEnvironmentAlone()
    {
        Infra(default).Plan();

        Assert.That(_context.CommandLines[0], Does.Contain("\"-backend-config=shore.backend.hcl\""));
        Assert.That(_context.CommandLines[1], Does.Contain("\"-var-file=shore.tfvars\"").And.Contain("\"-var=package=automation.zip\""));
    }

    private static InfraSource Source => new("infra", "shore.backend.hcl", "shore.tfvars");

    private string Summary => Path.Combine(_fixture.Root, "summary.md");

    private WorkflowJob Job => new(name => name == EnvironmentVariables.GitHubSummary ? Summary : null, TextWriter.Null);

    private void Changes()
    {
        _context.Answer(0);
        _context.Answer(HasChanges, "Terraform will perform the following actions:", "Plan: 1 to add");
    }

    private EnvironmentInfra Infra(CancellationToken stop) => new(
        new(_context, _fixture.Root, Path.Combine(_fixture.Root, "work"), new Dictionary<string, string>(), mirror: null), "shore", Source, "automation.zip",
        new PlainReport(_output, new Outcome(), TimeProvider.System), stop);

    private IEnumerable<string> Commands() => _context.CommandLines.Select(line => line.Split(' ')[2]);
}
