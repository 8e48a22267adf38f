using System.Buffers;
using System.Runtime.CompilerServices;

namespace Slipway.PredictionLogs.Writing;

/// <summary>
/// Values that are added one by one, and can be taken back to a mark. In rented arrays: those of an object are large enough that new ones would have all memory collected
/// for every few objects.
/// </summary>
internal sealed class LogBuffer<T> where T : struct
{
    private const int First = 256;

    private T[] _values = [];
    private int _count;
    private int _mark;

    public ReadOnlyMemory<T> Written => _values.AsMemory(0, _count);

    public void Add(T value)
    {
        if (_count == _values.Length)
            Grow();
        _values[_count++] = value;
    }

    public void Mark() => _mark = _count;

    public void Rollback()
    {
        _values.AsSpan(_mark, _count - _mark).Clear();
        _count = _mark;
    }

    public void Clear()
    {
        // text must not be kept alive, which also holds for what is taken back
        _values.AsSpan(0, _count).Clear();
        _count = _mark = 0;
    }

    /// <summary>Clears it, and returns its memory. It may still be used again.</summary>
    public void Release()
    {
        Clear();
        Return();
        _values = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(First, _count * 2));
        _values.AsSpan(0, _count).CopyTo(larger);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            _values.AsSpan(0, _count).Clear();
        Return();
        _values = larger;
    }

    private void Return()
    {
        if (_values.Length > 0)
            ArrayPool<T>.Shared.Return(_values);
    }
}
