namespace Slipway.Trainer.Proposals.FirstModels;

/// <summary>The labels of rows by the value of one feature, in the order of the values.</summary>
internal sealed class LabelGroups
{
    private readonly List<Group> _groups = [];
    private readonly float[] _labels;
    private readonly bool _ordered;

    /// <param name="values">One per row.</param>
    /// <param name="ordered">Values have neighbors: they are numbers, not categories.</param>
    public LabelGroups(float[] values, float[] labels, bool ordered)
    {
        (_labels, _ordered) = (labels, ordered);
        int[] rows = [.. Enumerable.Range(0, values.Length)];
        Array.Sort([.. values], rows);
        foreach (var row in rows)
        {
            if (_groups.Count == 0 || _groups[^1].Value != values[row])
                _groups.Add(new(values[row]));
            _groups[^1].Add(labels[row]);
        }
    }

    public int Count => _groups.Count;

    /// <summary>The largest group in which every row has this label, with its value; zero rows if there is none.</summary>
    public (int Rows, float Value) LargestPure(float label) => _groups
        .Where(group => group.Labels.Count == 1 && group.Labels.ContainsKey(label))
        .Select(group => (group.Count, group.Value)).OrderByDescending(group => group.Count).FirstOrDefault();

    /// <summary>Rows whose label is not predicted by the other rows with the same value, or with the closest values.</summary>
    public long Wrong()
    {
        var wrong = 0L;
        for (var i = 0; i < _groups.Count; i++)
            foreach (var (label, count) in _groups[i].Labels)
                wrong += _groups[i].Count > 1 ? _groups[i].GuessWithoutOne(label) == label ? 0 : count
                    : _ordered && Nearest(i).Majority == label ? 0 : 1;
        return wrong;
    }

    /// <summary>The sum of squared errors when the other rows predict a row's label.</summary>
    public double Missed()
    {
        var (mean, missed) = (_labels.Average(label => (double)label), 0.0);
        for (var i = 0; i < _groups.Count; i++)
            foreach (var (label, count) in _groups[i].Labels)
            {
                var guess = _groups[i].Count > 1 ? (_groups[i].Sum - label) / (_groups[i].Count - 1) : _ordered ? Between(i) : mean;
                missed += count * (guess - label) * (guess - label);
            }

        return missed;
    }

    private Group Nearest(int i) =>
        _groups.Count == 1 ? _groups[i]
        : i == 0 ? _groups[1]
        : i == _groups.Count - 1 ? _groups[i - 1]
        : _groups[i].Value - _groups[i - 1].Value <= _groups[i + 1].Value - _groups[i].Value ? _groups[i - 1] : _groups[i + 1];

    /// <summary>Interpolated between the groups on either side.</summary>
    private double Between(int i)
    {
        if (i == 0 || i == _groups.Count - 1)
            return Nearest(i).Mean;
        var (below, above) = (_groups[i - 1], _groups[i + 1]);
        var share = ((double)_groups[i].Value - below.Value) / ((double)above.Value - below.Value);
        return below.Mean + (share * (above.Mean - below.Mean));
    }

    private sealed class Group(float value)
    {
        public float Value => value;
        public Dictionary<float, int> Labels { get; } = [];
        public int Count { get; private set; }
        public double Sum { get; private set; }
        public double Mean => Sum / Count;
        public float Majority => Labels.MaxBy(label => label.Value).Key;

        public void Add(float label)
        {
            Labels[label] = Labels.GetValueOrDefault(label) + 1;
            Count++;
            Sum += label;
        }

        /// <summary>The majority of the group's other rows; a tie counts as another label, because it predicts nothing.</summary>
        public float GuessWithoutOne(float own) =>
            Labels.OrderByDescending(label => label.Value - (label.Key == own ? 1 : 0)).ThenBy(label => label.Key == own ? 1 : 0).First().Key;
    }
}
