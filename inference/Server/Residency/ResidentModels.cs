using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Inference.Options;
using Slipway.Inference.Slots;
using Slipway.Registry.Manifests;

namespace Slipway.Inference.Residency;

/// <summary>
/// Keeps the loaded models within their limits: how many there are, how much memory they take together, and what the container or machine has left. Before a
/// version is loaded, its place and its memory are reserved; if the server loads models at their first request, idle ones are evicted for it.
/// </summary>
public sealed class ResidentModels(ModelCatalog catalog, MachineMemory machine, InferenceOptions options, TimeProvider time)
{
    // models are in use for milliseconds, so one of them soon becomes idle
    private static readonly TimeSpan WaitForIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly List<Reservation> _loading = [];
    private TaskCompletionSource _ended = New();
    private long _evictions;

    public long Evictions => Interlocked.Read(ref _evictions);

    /// <summary>Rejects what can never fit before its archive is downloaded.</summary>
    /// <exception cref="ModelRejectedException">It can never fit.</exception>
    /// <exception cref="MemoryShortageException">It does not fit at the moment.</exception>
    public void CheckBeforeDownload(ModelManifest manifest)
    {
        var least = MemoryEstimate.AtLeast(manifest, onDisk: !IsInMemory(options.CacheFolder));
        ThrowUnless(MemoryPolicy.CheckBudget(least, options.MaxModelMemory, taken: 0));
        var verdict = MemoryPolicy.Check(least, Reading(), options.MemoryReserve);
        if (verdict.Fit == MemoryFit.Never || !options.LoadsLazily)
            ThrowUnless(verdict);
    }

    /// <summary>Waits until there is room for a version, and reserves it until the reservation is disposed.</summary>
    /// <exception cref="ModelRejectedException">It can never fit.</exception>
    /// <exception cref="MemoryShortageException">It does not fit at the moment, although no other version is being loaded.</exception>
    public async Task<IDisposable> ReserveAsync(ModelSlot slot, MemoryEstimate estimate, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            MemoryVerdict verdict;
            Task? ended;
            lock (_lock)
            {
                verdict = MakeRoom(slot, estimate);
                if (verdict.Fit == MemoryFit.Fits)
                    return Reserve(slot, estimate);
                ended = _loading.Count > 0 ? _ended.Task : null;
            }

            if (verdict.Fit == MemoryFit.Never || (ended is null && (!options.LoadsLazily || time.GetElapsedTime(started) > WaitForIdle)))
                ThrowUnless(verdict);
            await (ended?.WaitAsync(stop) ?? Task.Delay(Pause, time, stop));
        }
    }

    private MemoryVerdict MakeRoom(ModelSlot slot, MemoryEstimate estimate)
    {
        var room = RoomFor(slot, estimate);
        if (room.Verdict.Fit != MemoryFit.NotNow || !options.LoadsLazily)
            return room.Verdict;

        var idle = catalog.AnyOrder.Where(other => other != slot && other.IsIdle && !_loading.Exists(load => load.Slot == other))
            .Select(other => new EvictionCandidate<ModelSlot>(other, other.UsedAt, other.ResidentBytes));
        var freed = 0L;
        foreach (var victim in EvictionPolicy.Choose(idle, room.Models, room.Verdict.Excess))
            if (victim.Model.TryEvict())
            {
                Interlocked.Increment(ref _evictions);
                freed += victim.Bytes;
            }

        FreedMemory.Return(freed);
        return freed > 0 ? RoomFor(slot, estimate).Verdict : room.Verdict;
    }

    private (MemoryVerdict Verdict, int Models) RoomFor(ModelSlot slot, MemoryEstimate estimate)
    {
        var (models, taken) = (1, _loading.Sum(load => load.Estimate.Resident));
        foreach (var other in catalog.AnyOrder)
        {
            taken += other.ResidentBytes;
            if (other != slot && (other.IsResident || _loading.Exists(load => load.Slot == other)))
                models++;
        }

        var verdict = MemoryPolicy.CheckBudget(estimate, options.MaxModelMemory, taken);
        if (verdict.Fit == MemoryFit.Fits)
            verdict = MemoryPolicy.Check(estimate, Reading(), options.MemoryReserve, _loading.Sum(load => load.Estimate.Peak));
        var excess = options.MaxResidentModels > 0 ? Math.Max(0, models - options.MaxResidentModels) : 0;
        return verdict.Fit == MemoryFit.Fits && excess > 0
            ? (MemoryVerdict.NotNow(string.Create(CultureInfo.InvariantCulture, $"{options.MaxResidentModels} {(options.MaxResidentModels == 1 ? "model is" : "models are")} loaded or being loaded, which is the limit (MaxResidentModels), and none of them is idle."), 0), excess)
            : (verdict, excess);
    }

    private Reservation Reserve(ModelSlot slot, MemoryEstimate estimate)
    {
        var reservation = new Reservation(this, slot, estimate);
        _loading.Add(reservation);
        return reservation;
    }

    private void End(Reservation reservation)
    {
        TaskCompletionSource ended;
        lock (_lock)
        {
            if (!_loading.Remove(reservation))
                return;
            (ended, _ended) = (_ended, New());
        }

        ended.SetResult();
    }

    private MemoryReading? Reading() => options.CheckMemory ? machine.Read() : null;

    private static void ThrowUnless(MemoryVerdict verdict)
    {
        if (verdict.Fit == MemoryFit.Never)
            throw new ModelRejectedException(verdict.Reason);
        if (verdict.Fit == MemoryFit.NotNow)
            throw new MemoryShortageException(verdict.Reason);
    }

    // of the nearest folder that exists: the first download creates the others
    private static bool IsInMemory(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        try
        {
            return OperatingSystem.IsLinux() && new DriveInfo(existing).DriveFormat is ("tmpfs" or "ramfs");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Reservation(ResidentModels models, ModelSlot slot, MemoryEstimate estimate) : IDisposable
    {
        public ModelSlot Slot { get; } = slot;
        public MemoryEstimate Estimate { get; } = estimate;
        public void Dispose() => models.End(this);
    }
}
