using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class DescribeModelPackageGroupRequest : AmazonSageMakerRequest
{
    public string ModelPackageGroupName { get; set; }
}

public class DescribeModelPackageGroupResponse : AmazonWebServiceResponse
{
    public UserContext CreatedBy { get; set; }
    public DateTime? CreationTime { get; set; }
    public string ModelPackageGroupArn { get; set; }
    public string ModelPackageGroupDescription { get; set; }
    public string ModelPackageGroupName { get; set; }
    public ModelPackageGroupStatus ModelPackageGroupStatus { get; set; }
}
