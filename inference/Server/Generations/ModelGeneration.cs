using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Bakes;
using Slipway.Inference.Evaluators;
using Slipway.Inference.Monitoring;
using Slipway.Inference.Residency;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Generations;

/// <summary>
/// One loaded and verified version of a model. Every computation holds a lease on it; its slot also holds one until the generation is retired.
/// The last lease to be returned has the session disposed: disposing while a run is in flight is a segmentation fault, not an exception.
/// </summary>
/// <param name="late">Where its disposal is waited for, which then gives way to requests; null to dispose it on the thread that returns the last lease.</param>
public sealed class ModelGeneration(ModelProfile profile, InferenceSession session, RunWatch watch, LateWork? late = null)
{
    // larger batches are rare, and keeping their memory for every thread would add up
    private const int RowsWorthKeeping = 1024;

    private readonly ConcurrentQueue<RowBatch> _single = new();
    private readonly ConcurrentQueue<RowBatch> _larger = new();
    private InferenceSession? _session = session;
    private int _leases = 1;
    private int _retired;

    public ModelProfile Profile { get; } = profile;

    /// <summary>Evaluates it in the place of ONNX Runtime; null if that does it itself.</summary>
    public CompiledModel? Compiled { get; private set; }

    /// <summary>What it takes in memory, estimated.</summary>
    public long MemoryBytes { get; set; }

    /// <summary>Only its slot holds a lease.</summary>
    public bool IsIdle => Volatile.Read(ref _leases) == 1;

    /// <summary>Only its slot, or the verification before that, moves it.</summary>
    public GenerationState State { get; private set; } = GenerationState.Proving;

    /// <summary>What live requests show of it; null before it was swapped in, and where nobody asked for it.</summary>
    public LiveTraffic? Traffic { get; private set; }

    /// <summary>What its predictions are compared with; null if its archive has none, or none that fits its schema.</summary>
    public FeatureBaseline? Baseline { get; set; }

    /// <summary>What the ids of its predictions begin with; null before the first one.</summary>
    public PredictionIdStart? IdStart { get; set; }

    /// <summary>Where its predictions are counted; null before the first one.</summary>
    public ModelMonitor? Monitor { get; set; }

    /// <summary>From now on it gets live requests.</summary>
    public void Begin(LiveTraffic traffic) => Traffic = traffic;

    /// <summary>It is not compared any more.</summary>
    public void EndBake()
    {
        if (Traffic is { } traffic)
            traffic.Bake = null;
    }

    /// <summary>Nobody can use it any more, and its session is disposed, or about to be.</summary>
    public bool IsDisposed => Volatile.Read(ref _leases) == 0;

    /// <summary>False if it was retired and drained in the meantime: get the current one from the slot.</summary>
    public bool TryLease()
    {
        var leases = Volatile.Read(ref _leases);
        while (leases > 0)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases)
                return true;
            leases = seen;
        }

        return false;
    }

    public void Return()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
            Dispose();
    }

    /// <summary>Returns the slot's own lease; once.</summary>
    public void Retire()
    {
        if (Interlocked.Exchange(ref _retired, 1) == 0)
            Return();
    }

    /// <summary>
    /// Ends the slot's own lease if it is the only one, so that nobody can lease it any more; otherwise nothing changes. Not at the same time as <see cref="Retire"/>.
    /// Whoever gets true calls <see cref="DisposeIdle"/>.
    /// </summary>
    public bool TryRetireIdle() => Interlocked.CompareExchange(ref _leases, 0, 1) == 1 && Interlocked.Exchange(ref _retired, 1) == 0;

    /// <summary>After <see cref="TryRetireIdle"/>.</summary>
    public void DisposeIdle() => Dispose();

    /// <exception cref="InvalidOperationException">It cannot happen in this state.</exception>
    public void Become(GenerationEvent happened) => State = GenerationPolicy.Next(State, happened)
        ?? throw new InvalidOperationException($"Version {Profile.Manifest.Version} of '{Profile.Manifest.Model}' is {State}, in which it cannot be {happened}.");

    /// <summary>Only for holders of a lease.</summary>
    public RowBatch Rent(int rows)
    {
        if (!(rows == 1 ? _single : _larger).TryDequeue(out var batch))
            batch = new(NewRun(), Profile.Encoder.Width, Profile.OutputWidth, watch);
        batch.Prepare(rows);
        return batch;
    }

    public void Return(RowBatch batch)
    {
        if (batch.Rows > RowsWorthKeeping)
            batch.Dispose();
        else
            (batch.Rows == 1 ? _single : _larger).Enqueue(batch);
    }

    /// <summary>From now on, this answers, and ONNX Runtime's memory is free. Only while it is verified, and no batch is rented.</summary>
    public void Use(CompiledModel compiled)
    {
        Compiled = compiled;
        Release();
    }

    private IBatchRun NewRun() => Compiled is { } compiled
        ? new CompiledRun(compiled, Profile.Encoder.Width, Profile.OutputWidth)
        : new OnnxRun(_session!, Profile.Schema.Output.Name, Profile.Encoder.Width, Profile.OutputWidth);

    private void Dispose()
    {
        if (late is null || _session is null)
            Free();
        else
            late.Add(BackgroundWork.RunAsync("dispose", Free));
    }

    private void Free()
    {
        Release();
        FreedMemory.Return(MemoryBytes);
    }

    private void Release()
    {
        while (_single.TryDequeue(out var batch) || _larger.TryDequeue(out batch))
            batch.Dispose();
        _session?.Dispose();
        _session = null;
    }
}

/// <summary>The right to use one generation. Dispose it once.</summary>
public readonly struct ModelLease(ModelGeneration generation) : IDisposable
{
    public ModelGeneration Generation { get; } = generation;
    public void Dispose() => Generation.Return();
}
