using Slipway.Registry.Artifacts;
using static Slipway.Registry.Tests.Artifacts.OnnxBytes;

namespace Slipway.Registry.Tests.Artifacts;

public sealed class OnnxFileTests
{
    private string _path = null!;

    [SetUp]
    public void NameFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void AcceptsAModelInOneFile() => Assert.That(() => Check(GoodModel()), Throws.Nothing);

    [Test]
    public void AcceptsAnExplicitDefaultLocation() =>
        Assert.That(() => Check(Model(Field(5, [.. InlineTensor(), .. Field(14, 0UL)]))), Throws.Nothing);

    [Test]
    public void PassesOverFieldsOfLaterVersions() =>
        Assert.That(() => Check([.. GoodModel(), .. Field(99, "new"), .. Field(98, 5UL), .. Field(97, "")]), Throws.Nothing);

    [Test]
    public void CountsAsWeightsWhatTakesAsMuchMemoryAsInTheFile()
    {
        byte[] raw = [.. Field(1, 100UL), .. Field(9, new string('x', 400))];
        byte[] floats = [.. Field(1, 10UL), .. Field(4, new string('x', 40))];
        byte[] varints = [.. Field(1, 10UL), .. Field(7, new string('x', 50))];
        File.WriteAllBytes(_path, Model(Field(5, raw), Field(5, floats), Field(5, varints), Node(Field(5, floats), Field(8, new string('x', 60)))));

        Assert.That(OnnxFile.WeightBytes(_path), Is.InRange(480, 480 + 6), "the lengths are counted too; the integers and the attributes are not");
    }

    private static IEnumerable<TestCaseData> PlacesOfTensors()
    {
        byte[] tensor = ExternalTensor();
        byte[] subgraph = Field(5, tensor);
        yield return Place("an initializer", Model(Field(5, tensor)));
        yield return Place("a path out of the folder", Model(Field(5, ExternalTensor("../../etc/passwd"))));
        yield return Place("an absolute path", Model(Field(5, ExternalTensor("/etc/passwd"))));
        yield return Place("an initializer after good ones", Model(Field(5, InlineTensor()), Field(5, InlineTensor()), Field(5, tensor)));
        yield return Place("the values of a sparse initializer", Model(Field(15, Field(1, tensor))));
        yield return Place("the indices of a sparse initializer", Model(Field(15, Field(2, tensor))));
        yield return Place("an attribute", Model(Node(Field(5, tensor))));
        yield return Place("a list in an attribute", Model(Node(Field(10, InlineTensor()), Field(10, tensor))));
        yield return Place("a subgraph", Model(Node(Field(6, subgraph))));
        yield return Place("a list of subgraphs", Model(Node(Field(11, subgraph))));
        yield return Place("a subgraph of a subgraph", Model(Node(Field(6, Node(Field(6, subgraph))))));
        yield return Place("a sparse attribute", Model(Node(Field(22, Field(1, tensor)))));
        yield return Place("a list of sparse attributes", Model(Node(Field(23, Field(2, tensor)))));
        yield return Place("a function's node", [.. GoodModel(), .. Field(25, Field(7, Field(5, Field(5, tensor))))]);
        yield return Place("a function's default", [.. GoodModel(), .. Field(25, Field(11, Field(5, tensor)))]);
        yield return Place("the training graph", [.. GoodModel(), .. Field(20, Field(2, subgraph))]);
        yield return Place("the training initialization", [.. GoodModel(), .. Field(20, Field(1, subgraph))]);
        yield return Place("a second graph, which is merged with the first", [.. GoodModel(), .. Field(7, subgraph)]);
        yield return Place("a location without a file", Model(Field(5, [.. InlineTensor(), .. Field(14, 1UL)])));
        yield return Place("a file without a location", Model(Field(5, [.. InlineTensor(), .. Field(13, Field(1, "location"), Field(2, "w"))])));
        yield return Place("an unknown location", Model(Field(5, [.. InlineTensor(), .. Field(14, 7UL)])));
        yield return Place("a location that is set and reset", Model(Field(5, [.. ExternalTensor(), .. Field(14, 0UL)])));
    }

    [TestCaseSource(nameof(PlacesOfTensors))]
    public void RejectsExternalDataIn(byte[] model) =>
        Assert.That(() => Check(model), Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains("external data"));

    [Test]
    public void RejectsEveryTruncation()
    {
        // truncated at every position except after a complete field of the model itself; the graph is the last field, so none of these has one
        var model = GoodModel();
        for (var length = 0; length < model.Length; length++)
            Assert.That(() => Check(model[..length]), Throws.InstanceOf<InvalidArtifactException>(), $"cut to {length} of {model.Length} bytes");
    }

    [Test]
    public void RejectsGarbage([Range(1, 50)] int seed)
    {
        var garbage = new byte[4096];
        new Random(seed).NextBytes(garbage);

        Assert.That(() => Check(garbage), Throws.InstanceOf<InvalidArtifactException>());
    }

    [TestCase(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, TestName = "RejectsALengthBeyondTheFile")]
    [TestCase(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, TestName = "RejectsANumberWithoutEnd")]
    [TestCase(new byte[] { 0x38, 0x01 }, TestName = "RejectsAGraphThatIsANumber")]
    [TestCase(new byte[] { 0x3B, 0x3C }, TestName = "RejectsGroups")]
    [TestCase(new byte[] { 0x00, 0x00 }, TestName = "RejectsFieldZero")]
    [TestCase(new byte[] { 0x0D, 0x00 }, TestName = "RejectsAFixedFieldThatBreaksOff")]
    [TestCase(new byte[] { 0x08, 0x08 }, TestName = "RejectsAModelWithoutAGraph")]
    public void RejectsWireFormat(byte[] bytes) => Assert.That(() => Check(bytes), Throws.InstanceOf<InvalidArtifactException>());

    [Test]
    public void RejectsNestingThatWouldExhaustTheStack()
    {
        byte[] graph = Field(5, InlineTensor());
        for (var depth = 0; depth < 5000; depth++)
            graph = Node(Field(6, graph));

        Assert.That(() => Check(Model(graph)), Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains("deep"));
    }

    private void Check(byte[] model)
    {
        File.WriteAllBytes(_path, model);
        OnnxFile.RejectExternalData(_path);
    }

    private static TestCaseData Place(string name, byte[] model) => new TestCaseData(model).SetArgDisplayNames(name);
}
