using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.ECS;

[JsonConverter(typeof(ConstantConverter<DeploymentControllerType>))]
public class DeploymentControllerType(string value) : ConstantClass(value)
{
    public static readonly DeploymentControllerType CODE_DEPLOY = new("CODE_DEPLOY");
    public static readonly DeploymentControllerType ECS = new("ECS");
    public static readonly DeploymentControllerType EXTERNAL = new("EXTERNAL");

    public static DeploymentControllerType FindValue(string value) => FindValue<DeploymentControllerType>(value);

    public static implicit operator DeploymentControllerType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<DeploymentLifecycleHookStage>))]
public class DeploymentLifecycleHookStage(string value) : ConstantClass(value)
{
    public static readonly DeploymentLifecycleHookStage POST_PRODUCTION_TRAFFIC_SHIFT = new("POST_PRODUCTION_TRAFFIC_SHIFT");
    public static readonly DeploymentLifecycleHookStage POST_SCALE_UP = new("POST_SCALE_UP");
    public static readonly DeploymentLifecycleHookStage POST_TEST_TRAFFIC_SHIFT = new("POST_TEST_TRAFFIC_SHIFT");
    public static readonly DeploymentLifecycleHookStage PRE_SCALE_UP = new("PRE_SCALE_UP");
    public static readonly DeploymentLifecycleHookStage PRODUCTION_TRAFFIC_SHIFT = new("PRODUCTION_TRAFFIC_SHIFT");
    public static readonly DeploymentLifecycleHookStage RECONCILE_SERVICE = new("RECONCILE_SERVICE");
    public static readonly DeploymentLifecycleHookStage TEST_TRAFFIC_SHIFT = new("TEST_TRAFFIC_SHIFT");

    public static DeploymentLifecycleHookStage FindValue(string value) => FindValue<DeploymentLifecycleHookStage>(value);

    public static implicit operator DeploymentLifecycleHookStage(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<DeploymentStrategy>))]
public class DeploymentStrategy(string value) : ConstantClass(value)
{
    public static readonly DeploymentStrategy BLUE_GREEN = new("BLUE_GREEN");
    public static readonly DeploymentStrategy CANARY = new("CANARY");
    public static readonly DeploymentStrategy LINEAR = new("LINEAR");
    public static readonly DeploymentStrategy ROLLING = new("ROLLING");

    public static DeploymentStrategy FindValue(string value) => FindValue<DeploymentStrategy>(value);

    public static implicit operator DeploymentStrategy(string value) => FindValue(value);
}
