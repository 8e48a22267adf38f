namespace Slipway.Registry.Tests;

public sealed class ModelNameTests
{
    [TestCase("m", true)]
    [TestCase("predictive-maintenance", true)]
    [TestCase("a1-b2", true)]
    [TestCase("", false)]
    [TestCase("1a", false)]
    [TestCase("-a", false)]
    [TestCase("a-", false)]
    [TestCase("a--b", false)]
    [TestCase("A", false)]
    [TestCase("a_b", false)]
    [TestCase("a/b", false)]
    [TestCase("a\n", false)]
    [TestCase("a.b", false)]
    public void AcceptsWhatFitsKeysUrlsAndIds(string name, bool valid) => Assert.That(ModelName.IsValid(name), Is.EqualTo(valid));

    [Test]
    public void Accepts40CharactersAndNotOneMore()
    {
        Assert.That(ModelName.IsValid(new string('a', 40)), Is.True);
        Assert.That(ModelName.IsValid(new string('a', 41)), Is.False);
        Assert.That(() => ModelName.Check("A"), Throws.InstanceOf<SlipwayException>().With.Message.Contains(ModelName.Rule));
    }

    [TestCase("Seattle Weather", "seattle-weather")]
    [TestCase("my_model.v2", "my-model-v2")]
    [TestCase("--a--", "a")]
    [TestCase("2nd try", "model-2nd-try")]
    [TestCase("this is a very long name for a model of pumps", "this-is-a-very-long-name-for-a-model-of")]
    [TestCase("数据", null)]
    public void MakesANameOfSomebodysWords(string text, string? name) => Assert.That(ModelName.Nearest(text), Is.EqualTo(name));
}
