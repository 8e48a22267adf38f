using System.Diagnostics;
using Slipway.Build.Environments.Fleets.Services;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class ServiceRecordsTests
{
    private LocalFolderFixture _fixture = null!;
    private ServiceRecords _records = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _records = new(_fixture.Folders);
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public void FindsWhatWasSaved()
    {
        var record = ThisProcess("blue");
        _records.Save(record);

        Assert.That(_records.Find("blue"), Is.EqualTo(record));
        Assert.That(_records.All(), Is.EqualTo(new[] { record }));
    }

    [TestCase("{}")]
    [TestCase("""{"name":null,"processId":7,"processStartedAt":"2026-11-01T10:00:00+00:00","release":"r","log":"l"}""")]
    public void FindsNothingInARecordThatIsIncomplete(string json)
    {
        Directory.CreateDirectory(_fixture.Folders.Run);
        File.WriteAllText(_records.PathOf("blue"), json);

        Assert.That(_records.Find("blue"), Is.Null);
    }

    [Test]
    public void ForgetsWhatWasRemoved()
    {
        _records.Save(ThisProcess("blue"));
        _records.Remove("blue");

        Assert.That((_records.Find("blue"), _records.Find("never")), Is.EqualTo(((ServiceRecord?)null, (ServiceRecord?)null)));
    }

    [Test]
    public void RecognisesARunningProcess() => Assert.That(Host.IsRunning(ThisProcess("blue")), Is.True);

    [Test]
    public void DoesNotTakeAnotherProcessWithTheSameIdForTheService()
    {
        var record = ThisProcess("blue");
        Assert.That(Host.IsRunning(record with { ProcessStartedAt = record.ProcessStartedAt.AddHours(-1) }), Is.False);
    }

    [Test]
    public void EndedProcessDoesNotRun()
    {
        using var process = Process.Start("dotnet", ["--version"]);
        var record = ThisProcess("blue") with { ProcessId = process.Id, ProcessStartedAt = process.StartTime.ToUniversalTime() };
        process.WaitForExit();

        Assert.That(Host.IsRunning(record), Is.False);
    }

    private ProcessHost Host => new(_fixture.Folders, TimeProvider.System);

    private static ServiceRecord ThisProcess(string name)
    {
        using var process = Process.GetCurrentProcess();
        return new(name, process.Id, process.StartTime.ToUniversalTime(), "release", "log");
    }
}
