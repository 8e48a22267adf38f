namespace Amazon.ECS.Model;

public class CapacityProviderStrategyItem
{
    public int? Base { get; set; }
    public string CapacityProvider { get; set; }
    public int? Weight { get; set; }
}

public class PlacementConstraint
{
    public string Expression { get; set; }
    public PlacementConstraintType Type { get; set; }
}

public class PlacementStrategy
{
    public string Field { get; set; }
    public PlacementStrategyType Type { get; set; }
}
