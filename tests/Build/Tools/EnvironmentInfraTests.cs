using Slipway.Registry;

namespace Slipway.Build.Tests;

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
        Assert.That(_output.ToString(), Does.Contain("Plan: 1 to add").And.Contain("'shore' is built"));
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
            Throws.TypeOf<SlipwayException>().With.Message.Contains("throttled").And.Message.Contains("The same again goes on from there: ./build.sh --target=ApplyInfra --environment=shore"));
    }

    private void Changes()
    {
        _context.Answer(0);
        _context.Answer(HasChanges, "Terraform will perform the following actions:", "Plan: 1 to add");
    }

    private EnvironmentInfra Infra(CancellationToken stop) => new(
        new(_context, _fixture.Root, Path.Combine(_fixture.Root, "work"), new Dictionary<string, string>()), "shore", [], "automation.zip",
        new PlainReport(_output, new Outcome(), TimeProvider.System), stop);

    private IEnumerable<string> Commands() => _context.CommandLines.Select(line => line.Split(' ')[2]);
}
