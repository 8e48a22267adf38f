using System.ComponentModel;
using System.Diagnostics;

namespace Slipway.Build.TestReports;

/// <summary>Looks every second at which tests run, and ends a test host in which none has started or ended for too long.</summary>
public sealed class HangWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly RunningTests _tests;
    private readonly TimeSpan _timeout;
    private readonly Action<string> _now;
    private readonly Action<int> _end;
    private readonly TimeProvider _time;
    private readonly Lock _turn = new();
    private readonly ITimer _timer;
    private long _changedAt;

    /// <param name="timeout">How long the tests may be silent.</param>
    /// <param name="now">Receives the test that started last, of those that run.</param>
    /// <param name="end">Ends the process of the tests, given its id.</param>
    public HangWatch(RunningTests tests, TimeSpan timeout, Action<string> now, Action<int> end, TimeProvider time)
    {
        (_tests, _timeout, _now, _end, _time) = (tests, timeout, now, end, time);
        _changedAt = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Why the tests were ended; null if they were not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Ends a process with all that it started.</summary>
    public static void End(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // it has ended by itself
        }
        catch (Exception e) when (e is Win32Exception or AggregateException)
        {
            // some of it cannot be ended; what the tests report, or do not, says so
        }
    }

    /// <summary>The tests that have not ended, when all is over.</summary>
    public IReadOnlyList<string> Close()
    {
        _timer.Dispose();
        lock (_turn)
        {
            _tests.Read();
            return _tests.Unfinished;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_turn)
        {
            if (_tests.Read())
                _changedAt = _time.GetTimestamp();
            if (_tests.Unfinished is [.., var last])
                _now(last);
            if (Reason is null && _time.GetElapsedTime(_changedAt) >= _timeout && _tests.Host is { } host)
            {
                Reason = $"no test started or ended for {_timeout.TotalMinutes:0.#} minutes, so they were ended";
                _end(host);
            }
        }
    }
}
