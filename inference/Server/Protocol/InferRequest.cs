namespace Slipway.Inference.Protocol;

/// <summary>The structure of an infer request, without its values: those stay in the body, referenced by position. Reused for the next request.</summary>
public sealed class InferRequest
{
    /// <summary>The value of <see cref="InferTensor.Column"/> for the encoded tensor.</summary>
    public const int Features = -1;

    // a large request must not keep its memory for ever
    private const int ValuesWorthKeeping = 1 << 16;

    private InferTensor[] _tensors = new InferTensor[16];
    private float[] _values = [];
    private bool[] _given = [];
    private bool _featuresGiven;

    public ReadOnlySpan<InferTensor> Tensors => _tensors.AsSpan(0, Count);
    public int Count { get; private set; }

    /// <summary>Where the id is in the body, including quotes; empty if there is none.</summary>
    public (int Start, int Length) Id { get; set; }

    /// <summary>The values of the encoded tensor, if they could be read together with the structure; otherwise empty.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, ValueCount);

    public int ValueCount { get; set; }

    public bool WantsOutput { get; set; }
    public bool WantsLabel { get; set; }
    public bool? BinaryOutput { get; set; }
    public bool? BinaryLabel { get; set; }

    /// <summary>The default for outputs that do not specify it.</summary>
    public bool BinaryByDefault { get; set; }

    /// <summary>The bytes after the JSON contain all binary tensors, one after the other.</summary>
    public int BinaryStart { get; set; }
    public int BinaryLength { get; set; }

    /// <summary>How many of these bytes belong to the tensors so far.</summary>
    public int BinaryTaken { get; private set; }

    /// <summary>Resets to an empty request for a model with this many columns.</summary>
    public void Clear(int columns)
    {
        if (_given.Length < columns)
            _given = new bool[columns];
        _given.AsSpan().Clear();
        _featuresGiven = false;
        BinaryTaken = 0;
        Count = ValueCount = 0;
        if (_values.Length > ValuesWorthKeeping)
            _values = [];
        Id = default;
        WantsOutput = WantsLabel = BinaryByDefault = false;
        BinaryOutput = BinaryLabel = null;
        BinaryStart = BinaryLength = 0;
    }

    public void AddValue(float value)
    {
        if (ValueCount == _values.Length)
            Array.Resize(ref _values, Math.Max(64, ValueCount * 2));
        _values[ValueCount++] = value;
    }

    public bool Has(int column) => column == Features ? _featuresGiven : _given[column];

    public void Add(in InferTensor tensor)
    {
        if (tensor.Column == Features)
            _featuresGiven = true;
        else
            _given[tensor.Column] = true;
        BinaryTaken += tensor.Binary ? tensor.Length : 0;
        if (Count == _tensors.Length)
            Array.Resize(ref _tensors, Count * 2);
        _tensors[Count++] = tensor;
    }
}

/// <param name="Column">The raw column, or <see cref="InferRequest.Features"/>.</param>
/// <param name="Rows">The first dimension.</param>
/// <param name="Width">The second dimension; 1 if there is none.</param>
/// <param name="Start">Where the values are in the body: a JSON array, or raw bytes if <paramref name="Binary"/>.</param>
public readonly record struct InferTensor(int Column, TensorType Type, int Rows, int Width, int Start, int Length, bool Binary);
