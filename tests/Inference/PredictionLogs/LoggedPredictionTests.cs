using System.Text;
using System.Text.Json;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Replicas;
using Slipway.Inference.Requests;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.PredictionLogs;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.PredictionLogs;

public sealed class LoggedPredictionTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 17, 5, 6, 789, TimeSpan.Zero);
    private static readonly PersonalValues Personal = new(new byte[32]);

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-inference-");

    [TearDown]
    public void DeleteFolder() => TestFolder.Remove(_folder);

    [Test]
    public async Task HasTypedValuesOfEveryKindOfToken() =>
        Assert.That(
            await LoggedAsync(TestModel.Schema, ["42.5", "\"1e1\"", "\"\\u00fc\""], ["true", "", "7"], ["-0", "false", "true"]),
            Is.EqualTo("""[{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"ü"},{"Torque [Nm]":1,"Wear, tool":null,"Type":"7"},{"Torque [Nm]":-0,"Wear, tool":0,"Type":"true"}]"""));

    [Test]
    public async Task HasHashesOfPersonalValuesWhichAreTheSameHoweverTheyWereWritten()
    {
        var logged = JsonDocument.Parse(await LoggedAsync(With(PersonalInLog.Hashed), ["42.5", "10", "\"M\""], ["\"4.25e1\"", "11", "\" M \""], ["", "10", ""])).RootElement;

        var (torque, type) = (Personal.Hash("Torque [Nm]", "42.5"), Personal.Hash("Type", "M"));
        Assert.That(torque, Does.Match("^[0-9a-f]{16}$"));
        Assert.That(logged.EnumerateArray().Select(row => (row.GetProperty("Torque [Nm]").GetString(), row.GetProperty("Type").GetString())), Is.EqualTo(new[] { (torque, type), (torque, type), (null, null) }));
        Assert.That(logged.EnumerateArray().Select(row => row.GetProperty("Wear, tool").GetDouble()), Is.EqualTo(new[] { 10, 11, 10 }));
        Assert.That(new PersonalValues([1, .. new byte[31]]).Hash("Torque [Nm]", "42.5"), Is.Not.EqualTo(torque), "without the key, nobody can try values");
        Assert.That(Personal.Hash("Wear, tool", "42.5"), Is.Not.EqualTo(torque), "nor are columns comparable");
    }

    [Test]
    public async Task HasNothingOfPersonalValuesThatAreDropped() =>
        Assert.That(await LoggedAsync(With(PersonalInLog.Dropped), ["42.5", "10", "\"M\""]), Is.EqualTo("""[{"Wear, tool":10}]"""));

    [TestCase(PersonalInLog.Hashed)]
    [TestCase(PersonalInLog.Dropped)]
    public async Task HasNoPersonalValuesOfEncodedRows(PersonalInLog how)
    {
        var entry = new LoggedPrediction();
        entry.Fill(Id, 1, TestGeneration.Profile(With(how)), At, 40, 1, [42.5f, 10, 0, 1, 0], null, [0.7f]);

        Assert.That((await ReadAsync(entry)).Inputs.GetRawText(), Is.EqualTo("[[null,10,null,null,null]]"));
    }

    [Test]
    public async Task HasEverythingElse()
    {
        var entry = new LoggedPrediction();
        entry.Fill(Id, 1, TestGeneration.Profile(TestModel.Schema, 7), At, 40.6, 2, [42.5f, 10, 0, 1, float.NaN, 1, 2, 3, 4, 5], null, [0.7f, 0.2f]);

        var record = await ReadAsync(entry);

        Assert.That((record.PredictionId, record.Model, record.Version, record.TrainingJob, record.Replica, record.At, record.Microseconds),
            Is.EqualTo((Id, "pump", 7, "pump-0123456789ab-a1", "blue-1", At, 41)));
        Assert.That(record.Outputs, Is.EqualTo(new float[][] { [0.7f], [0.2f] }));
        Assert.That(record.Inputs.GetRawText(), Is.EqualTo("[[42.5,10,0,1,null],[1,2,3,4,5]]"), "JSON has no NaN");
    }

    [Test]
    public async Task HasNothingOfThePredictionThatItWasFilledWithBefore()
    {
        var entry = new LoggedPrediction();
        entry.Fill("other", 9, TestGeneration.Profile(TestModel.Schema), At, 1, 2, [1, 2, 0, 1, 0, 3, 4, 0, 1, 0], null, [0.9f, 0.9f]);
        entry.Clear();
        entry.Fill(Id, 1, TestGeneration.Profile(TestModel.Schema, 7), At, 40.6, 1, [42.5f, 10, 0, 1, 0], null, [0.7f]);

        var record = await ReadAsync(entry);

        Assert.That((record.PredictionId, entry.Count, record.Version), Is.EqualTo((Id, 1UL, 7)));
        Assert.That((record.Inputs.GetRawText(), record.Outputs.Single().Single()), Is.EqualTo(("[[42.5,10,0,1,0]]", 0.7f)));
    }

    private static string Id => new PredictionIds(new byte[32]).Create("pump", 7, "blue-1", At, PredictionSequence.Of(1, 2));

    private static ModelSchema With(PersonalInLog how) => TestModel.Schema with
    {
        Columns = [.. TestModel.Schema.Columns.Select(column => column.Name == "Wear, tool" ? column : column with { Personal = true, PersonalInLog = how })],
    };

    private async Task<string> LoggedAsync(ModelSchema schema, params string[][] rows)
    {
        var cells = new RawCells();
        cells.Start(recording: true, rows.Length, schema.Columns.Count);
        for (var row = 0; row < rows.Length; row++)
            for (var column = 0; column < schema.Columns.Count; column++)
                cells.Token(row, column, Encoding.UTF8.GetBytes(rows[row][column]));
        var entry = new LoggedPrediction();
        entry.Fill(Id, 1, TestGeneration.Profile(schema), At, 40, rows.Length, [], cells, new float[rows.Length]);
        return (await ReadAsync(entry)).Inputs.GetRawText().Replace("\\u00FC", "ü", StringComparison.Ordinal);
    }

    private async Task<PredictionRecord> ReadAsync(LoggedPrediction entry)
    {
        var replica = new ReplicaIdentity(new() { Replica = "blue-1" }, null!, TimeProvider.System);
        using var filled = new LogObject(LogKind.Prediction, At, replica, Personal);
        filled.Add(entry);
        await filled.CompleteAsync();
        var store = new DirectoryObjectStore(_folder.FullName);
        await store.PutAsync(StoreKeys.PredictionPartition(At) + new LogObjectName("blue-1", 1, 1, "abcdef"), filled.Read(), PutCondition.None);
        return await new PredictionLogReader(store).ReadAsync(At, At.AddMilliseconds(1)).SingleAsync();
    }
}
