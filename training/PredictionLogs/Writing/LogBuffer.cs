namespace Slipway.PredictionLogs.Writing;

/// <summary>Values that are added one by one, and can be taken back to a mark.</summary>
internal sealed class LogBuffer<T> where T : struct
{
    private T[] _values = new T[256];
    private int _count;
    private int _mark;

    public ReadOnlyMemory<T> Written => _values.AsMemory(0, _count);

    public void Add(T value)
    {
        if (_count == _values.Length)
            Array.Resize(ref _values, _count * 2);
        _values[_count++] = value;
    }

    public void Mark() => _mark = _count;
    public void Rollback() => _count = _mark;

    public void Clear()
    {
        // text must not be kept alive
        _values.AsSpan(0, _count).Clear();
        _count = _mark = 0;
    }
}
