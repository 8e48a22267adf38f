using Slipway.Build.Cli;

namespace Slipway.Build.Tests.Cli;

/// <summary>On targets of the test's own: <see cref="Ask"/> needs a prediction, <see cref="Teach"/> depends on nothing and takes a model.</summary>
public sealed class ArgumentValidatorTests
{
    private static readonly ArgumentValidator Validator = new(
        TargetCatalog.Of(typeof(ArgumentValidatorTests).GetNestedTypes()),
        new RepositoryFacts(["predictive-maintenance", "tumor-diagnosis"], ["local"]));

    [TestCase("")]
    [TestCase("--target=Teach")]
    [TestCase("--target=teach --model=tumor-diagnosis --environment=local")]
    [TestCase("--target=Ask --prediction=p.1.r.2026112200.1.abc")]
    [TestCase("--target=Everything --model=tumor-diagnosis --prediction=x")]
    [TestCase("--target=Ask --dryrun")]
    [TestCase("--target=Teach --Local_PublicPort=0 --test_hangtimeout=00:01:00")]
    [TestCase("--target=Teach --verbosity=Quiet -e")]
    [TestCase("-t Teach --to=7 --port=0")]
    [TestCase("-t Recall --model=gone-from-the-repository --at=2026-11-23 --verify")]
    [TestCase("-t Recall --verify=false")]
    public void AcceptsWhatIsRight(string typed) => Assert.That(Problem(typed), Is.Null);

    [TestCase("--target=Taech", "There is no target 'Taech'. Did you mean Teach? Targets: Ask, Default, Everything, Recall, Teach.")]
    [TestCase("--target=Xyzzy", "There is no target 'Xyzzy'. Targets: Ask, Default, Everything, Recall, Teach.")]
    [TestCase("--target", "--target needs a name, such as --target=Test.")]
    [TestCase("teach", "'teach' is not an argument. Did you mean --target=Teach?")]
    [TestCase("nonsense", "'nonsense' is not an argument. Arguments have the form --name=value.")]
    [TestCase("-t Teach --tree=maybe", "'--tree=maybe' is not an argument. Arguments have the form --name=value.")]
    [TestCase("-v loud", "--verbosity must be one of quiet, minimal, normal, verbose, diagnostic, not 'loud'.")]
    public void NamesTheRightTargetOrForm(string typed, string problem) => Assert.That(Problem(typed), Is.EqualTo(problem));

    [TestCase("-t Teach --modle=a", "There is no argument --modle. Did you mean --model? Teach takes --model=<name>, --environment=<name>, --to=<version>, --port=<n>.")]
    [TestCase("-t Teach --Local_PublicPrt=1", "There is no argument --Local_PublicPrt. Did you mean --Local_PublicPort? Teach takes --model=<name>, --environment=<name>, --to=<version>, --port=<n>.")]
    [TestCase("-t Default --dryrn", "There is no argument --dryrn. Did you mean --dryrun? Default takes no arguments.")]
    [TestCase("-t Default --bogus=1", "There is no argument --bogus. Default takes no arguments.")]
    [TestCase("-t Ask --prediction=x --model=a", "--model is not an argument of Ask. It belongs to Everything, Recall, Teach.")]
    [TestCase("-t Teach --model=a --model=b", "--model is given more than once.")]
    public void NamesTheRightArgument(string typed, string problem) => Assert.That(Problem(typed), Is.EqualTo(problem));

    [TestCase("-t Ask", "Ask requires --prediction=<id>: a prediction id, from the response header x-slipway-prediction-id.")]
    [TestCase("-t Everything", "Everything requires --prediction=<id>: a prediction id, from the response header x-slipway-prediction-id.")]
    [TestCase("-t Ask --prediction=", "--prediction needs a value: --prediction=<id>.")]
    [TestCase("-t Ask --prediction", "--prediction needs a value: --prediction=<id>.")]
    [TestCase("-t Ask --exclusive", "Ask requires --prediction=<id>: a prediction id, from the response header x-slipway-prediction-id.")]
    public void AsksForAValueThatIsMissing(string typed, string problem) => Assert.That(Problem(typed), Is.EqualTo(problem));

    [TestCase("-t Teach --model=tumour-diagnosis", "--model names an unknown model: 'tumour-diagnosis'. Did you mean tumor-diagnosis? Models in training/models: predictive-maintenance, tumor-diagnosis.")]
    [TestCase("-t Recall --verify=maybe", "--verify must be true or false, not 'maybe'.")]
    [TestCase("-t Recall --verify=", "--verify needs a value: --verify=true|false.")]
    [TestCase("-t Recall --at=yesterday", "--at must be a time such as 2026-11-23, 2026-11-23T10:00 or 2026-11-23T10:00:00+01:00 (UTC unless it has an offset), not 'yesterday'.")]
    [TestCase("-t Recall --bogus", "There is no argument --bogus. Recall takes --model=<name>, --at=<time>, --verify.")]
    [TestCase("-t Teach --environment=moon", "--environment names an unknown environment: 'moon'. Environments: local.")]
    [TestCase("-t Teach --to=0", "--to must be a whole number of at least 1, not '0'.")]
    [TestCase("-t Teach --port=65536", "--port must be a whole number from 0 to 65535, not '65536'.")]
    [TestCase("-t Teach --port=-1", "--port must be a whole number from 0 to 65535, not '-1'.")]
    [TestCase("-t Teach --Local_ReadyTimeout=soon", "--Local_ReadyTimeout must be a duration such as 00:01:30, not 'soon'.")]
    public void SaysWhatAValueMustBe(string typed, string problem) => Assert.That(Problem(typed), Is.EqualTo(problem));

    [Test]
    public void ModelThatIsGoneFromTheRepositoryMustStillBeAName() =>
        Assert.That(Problem("-t Recall --model=Not_A_Name"), Does.StartWith("--model is not a valid model name: 'Not_A_Name'"));

    private static string? Problem(string typed) =>
        Validator.FirstProblem(CommandLineParser.Parse(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    public sealed class Default : FrostingTask;

    [Takes(nameof(Arguments.Model)), Takes(nameof(Arguments.Environment)), Takes(nameof(Arguments.To)), Takes(nameof(Arguments.Port))]
    public sealed class Teach : FrostingTask;

    [Takes(nameof(Arguments.RegisteredModel)), Takes(nameof(Arguments.At)), Takes(nameof(Arguments.Verify))]
    public sealed class Recall : FrostingTask;

    [Takes(nameof(Arguments.Prediction), Required = true)]
    public sealed class Ask : FrostingTask;

    [IsDependentOn(typeof(Teach)), IsDependentOn(typeof(Ask))]
    public sealed class Everything : FrostingTask;
}
