using Slipway.Models.Penguins;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.Custom;
using Slipway.Trainer.Trainers.Linear;

namespace Slipway.Trainer.Tests.Trainers.Custom;

/// <summary>Which class a model gets for a name, and that no class spoils another model's choice.</summary>
public sealed class CustomTrainerChoiceTests
{
    private static readonly ModelSpec Spec = SampleModels.Spec(SampleModels.TumorDiagnosis);

    private static readonly ModelTrainers Trainers = new(
        typeof(LinearBinary), typeof(Sound), typeof(First.Twin), typeof(Second.Twin), typeof(Renamed), typeof(linear), typeof(NotPublic), typeof(WantsAnArgument), typeof(Explosive));

    [Test]
    public void CompilesTheCodeInTheFoldersOfModels()
    {
        var trainer = ModelTrainers.All.For(SampleModels.Spec(SampleModels.Penguins));

        Assert.That((trainer.Name, trainer.Task), Is.EqualTo((nameof(LinearDiscriminantAnalysis), ModelTask.Multiclass)));
        Assert.That(typeof(LinearDiscriminantAnalysis).Assembly, Is.SameAs(typeof(ModelTrainers).Assembly));
    }

    [TestCase("Sound")]
    [TestCase("another name")]
    public void FindsAClassByItsName(string name) =>
        Assert.That(For(name).Name, Is.EqualTo(name));

    [Test]
    public void CreatesNoTrainerThatNobodyAskedFor()
    {
        For("Sound");

        Assert.That(Explosive.Created, Is.False);
        Assert.That(() => For("Explosive"), Throws.TypeOf<CustomCodeException>().With.Message.Contains("Explosive failed in its constructor with TimeoutException: boom"));
        Assert.That(Explosive.Created, Is.True, "otherwise this proves nothing");
    }

    [Test]
    public void RefusesTwoOfOneName() =>
        Assert.That(() => For("Twin"), Throws.TypeOf<SlipwayException>().With.Message.Contains(
            $"Several trainers are named 'Twin': {typeof(First.Twin).FullName}, {typeof(Second.Twin).FullName}. Rename all but one."));

    [Test]
    public void KeepsTheNamesThatComeWithSlipway() =>
        Assert.That(For(TrainerNames.Linear), Is.TypeOf<LinearBinary>());

    [Test]
    public void NoModelTakesANameThatComesWithSlipway() =>
        Assert.That(
            typeof(ModelTrainers).Assembly.GetTypes().Where(type =>
                type.IsAssignableTo(typeof(IModelTrainer)) && !type.IsAssignableTo(typeof(IBuiltInTrainer)) && TrainerNames.BuiltIn.Contains(TrainerNameAttribute.Of(type))),
            Is.Empty, "such a class could never be selected: give it another name");

    [TestCase("NotPublic")]
    [TestCase("WantsAnArgument")]
    public void SaysWhatAClassLacks(string name) =>
        Assert.That(() => For(name), Throws.TypeOf<CustomCodeException>().With.Message.Contains("make it a public, non-generic class with a public parameterless constructor"));

    [Test]
    public void NamesTheTaskThatATrainerLearns() =>
        Assert.That(() => Trainers.For(Spec with { Trainer = "Sound", Task = ModelTask.Regression }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("Sound does not train regression models, only binary."));

    [Test]
    public void SaysWhereAnOwnTrainerBelongs() =>
        Assert.That(() => For("Sond"), Throws.TypeOf<SlipwayException>().With.Message.Contains("Did you mean Sound?")
            .And.Message.Contains("add a class Sond that implements IModelTrainer next to it"));

    private static IModelTrainer For(string name) => Trainers.For(Spec with { Trainer = name });

    public abstract class Idle : IModelTrainer
    {
        public ModelTask Task => ModelTask.Binary;

        public ITrainedModel Fit(FitRequest request) => throw new SlipwayException("Nothing is fitted here.");
    }

    public sealed class Sound : Idle;

    [TrainerName("another name")]
    public sealed class Renamed : Idle;

#pragma warning disable CS8981 // a name in lower case is the point
    public sealed class linear : Idle;
#pragma warning restore CS8981

    internal sealed class NotPublic : Idle;

    public sealed class WantsAnArgument(int number) : Idle
    {
        public int Number { get; } = number;
    }

    public sealed class Explosive : Idle
    {
        public Explosive()
        {
            Created = true;
            throw new TimeoutException("boom");
        }

        public static bool Created { get; private set; }
    }

    public static class First
    {
        public sealed class Twin : Idle;
    }

    public static class Second
    {
        public sealed class Twin : Idle;
    }
}
