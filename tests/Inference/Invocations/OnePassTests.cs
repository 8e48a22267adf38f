using System.Text;
using Slipway.Inference.Generations;
using Slipway.Inference.Invocations;
using Slipway.Inference.Protocol;
using Slipway.Inference.Requests;
using Slipway.Inference.Tests.Fixtures;

namespace Slipway.Inference.Tests.Invocations;

/// <summary>What nearly all callers send is read in one pass, and everything else as before.</summary>
public sealed class OnePassTests
{
    private ModelGeneration _generation = null!;

    [OneTimeSetUp]
    public void LoadModel() => _generation = TestGeneration.Of(new(0.5f), 1);

    [OneTimeTearDown]
    public void UnloadModel() => _generation.Retire();

    [TestCase("""{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"M"}""", true)]
    [TestCase(""" {"Type" : "M", "Torque [Nm]" : "42.50", "Wear, tool" : 1e1} """, true)]
    [TestCase("""{"Torque [Nm]":42.5}""", true)]
    [TestCase("""{"Torque [Nm]":42.5,"UDI":1}""", false, Description = "an ignored column")]
    [TestCase("""{"records":[{"Torque [Nm]":42.5}]}""", false)]
    [TestCase("""{"Torque [Nm]":[42.5]}""", false)]
    [TestCase("""{"Torque [Nm]":42.5,"Torque [Nm]":1}""", false)]
    [TestCase("""{"Torque [Nm]":"high"}""", false)]
    [TestCase("""{"Torque [Nm]":42.5} 7""", false)]
    [TestCase("""{"Torque [Nm]":42.5""", false)]
    [TestCase("""[{"Torque [Nm]":42.5}]""", false)]
    [TestCase("{}", false)]
    [TestCase("7", false)]
    [TestCase("", false)]
    public void ARecordIsReadAsByTwoPasses(string body, bool isPlain)
    {
        var (bytes, rows, batch) = (Encoding.UTF8.GetBytes(body), new RowEncoder(), _generation.Rent(1));
        rows.StartRaw(_generation.Profile, batch, record: false);

        Assert.That(RawRecords.TryReadOne(bytes, _generation.Profile, rows), Is.EqualTo(isPlain));

        var read = batch.Inputs.ToArray();
        if (isPlain)
        {
            rows.StartRaw(_generation.Profile, batch, record: false);
            RawRecords.Read(bytes, RawRecords.Find(bytes, lines: false, 1), _generation.Profile, rows, new());
        }

        Assert.That(read, Is.EqualTo(batch.Inputs.ToArray()));
        _generation.Return(batch);
    }

    [TestCase("FP32", "[1,2.5,-0,1e1,0.123456789,6,7,8,9,10]", true)]
    [TestCase("FP64", "[[1,2.5,-0,1e1,0.123456789],[6,7,8,9,10]]", true)]
    [TestCase("FP16", "[1,2.5,-0,1e1,0.123456789,6,7,8,9,10]", false)]
    [TestCase("FP32", "[1,2,3,4,5,6,7,8,9.12345]", false)]
    [TestCase("FP32", "[1,2,3,4,5,6,7,8,9,10,11]", false)]
    [TestCase("FP32", "[[1,2,3,4],[5,6,7,8,9,10]]", false)]
    [TestCase("FP32", "[1,2,3,4,5,6,7,8,9,1e39]", false)]
    [TestCase("FP32", "[1,2,3,4,5,6,7,8,9,null]", false)]
    [TestCase("FP32", "[[[1,2,3,4,5]],[6,7,8,9,10]]", false)]
    public void ATensorIsReadAsByTwoPasses(string type, string data, bool isPlain)
    {
        var request = new InferRequest();
        var body = Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"features","shape":[2,5],"datatype":"{{type}}","data":{{data}}}],"id":"x"}""");

        InferRequestReader.Read(body, body.Length, _generation.Profile, request, new(100, 1 << 20, "present"));

        Assert.That(request.ValueCount, Is.EqualTo(isPlain ? 10 : 0));
        if (!isPlain)
            return;
        var expected = new float[10];
        TensorReader.ReadFeatures(body, request.Tensors[0], expected);
        Assert.That(request.Values.ToArray(), Is.EqualTo(expected));
        Assert.That(Encoding.UTF8.GetString(body, request.Id.Start, request.Id.Length), Is.EqualTo("\"x\""), "the rest is read from the right place");
    }

    [Test]
    public void TheValuesOfATensorThatIsDescribedLaterAreReadThen()
    {
        var request = new InferRequest();
        var body = """{"inputs":[{"name":"features","data":[1,2,3,4,5],"datatype":"FP32","shape":[1,5]}]}"""u8;

        InferRequestReader.Read(body, body.Length, _generation.Profile, request, new(100, 1 << 20, "present"));

        Assert.That((request.ValueCount, request.Tensors[0].Rows), Is.EqualTo((0, 1)));
    }
}
